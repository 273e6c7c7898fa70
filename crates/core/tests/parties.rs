//! Whom words mean by the report around them: reports written for the tests.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use maydani_core::analysis::Analysis;
use maydani_core::codebook::Codebook;
use maydani_core::mentions::actors;
use maydani_text::Text;

/// The parties of a report set in a country: what names each, and its key (empty where none is known).
fn parties(text: &str, country: &str) -> Vec<(String, String)> {
    let book = Codebook::built_in().unwrap();
    let analysis = Analysis::new(Text::new(text), &book, |_| false);
    let countries = [(country.to_owned(), 3)].into_iter().collect();
    actors::find(&analysis, &book, countries, None)
        .into_iter()
        .map(|mention| {
            let surface = analysis.text.slice(analysis.text.span(mention.words.clone())).to_owned();
            (surface, mention.key(&book).unwrap_or_default())
        })
        .collect()
}

/// The key of the party that a report names by some words; empty where the words name nobody.
fn key(text: &str, country: &str, words: &str) -> String {
    parties(text, country).into_iter().find(|(surface, _)| surface == words).map(|(_, key)| key).unwrap_or_default()
}

#[test]
fn an_army_and_a_police_without_a_name_are_of_the_country_told_of() {
    assert_eq!(key("انتشر الجيش في الشوارع.", "KE", "الجيش"), "kenyan_forces");
    assert_eq!(key("فرقت شرطة مكافحة الشغب الحشد.", "GR", "شرطة مكافحة الشغب"), "other:Police Forces of Greece");
    assert_eq!(key("هتف الشبان ضد الحكومة.", "TH", "الحكومة"), "other:Government of Thailand");
}

#[test]
fn soldiers_are_of_the_army_that_the_report_names() {
    assert_eq!(key("قتل جندي برصاص قناص.", "LB", "جندي"), "lebanese_army");
    assert_eq!(key("أطلق الجيش الإسرائيلي النار بعد إصابة جندي بحجر.", "PS", "جندي"), "israeli_forces");
    // Whose they are follows.
    assert_eq!(key("قتل جنديان من الجيش التركي بلغم.", "SY", "جنديان"), "");
}

#[test]
fn two_students_are_no_movement() {
    assert_eq!(key("قتل ثلاثة بينهم طالبان في القصف.", "SY", "طالبان"), "civilians");
    assert_eq!(key("هاجمت طالبان نقطة تفتيش.", "AF", "طالبان"), "taliban");
    assert_eq!(key("وصل وفد طالبان إلى المطار.", "QA", "طالبان"), "taliban");
}

#[test]
fn units_are_named_by_number() {
    assert!(key("تقدم اللواء 17 شرقا.", "YE", "اللواء 17").starts_with("other:"));
    assert!(key("انسحبت الفرقة الثانية الساحلية من التل.", "SY", "الفرقة الثانية الساحلية").starts_with("other:"));
    // An officer is no unit.
    assert_eq!(key("وصل اللواء سالم إلى الجبهة.", "YE", "اللواء سالم"), "");
}

#[test]
fn an_adjective_on_two_things_is_of_whoever_owns_them() {
    assert_eq!(key("شنت غارتان إسرائيليتان على البلدة.", "LB", "إسرائيليتان"), "israeli_forces");
    assert_eq!(key("أصيبت سيدتان إسرائيليتان بحجر.", "PS", "سيدتان إسرائيليتان"), "civilians");
}

#[test]
fn an_office_is_a_party_where_its_holder_does_not_speak() {
    assert!(key("طالب المحتجون باستقالة رئيس الوزراء.", "IQ", "رئيس الوزراء").starts_with("other:"));
    assert_eq!(key("قال رئيس الوزراء إن الهدنة باقية.", "IQ", "رئيس الوزراء"), "");
    // An adjective of the same form.
    assert_eq!(key("سلكوا الطريق الرئيسة إلى القرية.", "IQ", "الرئيسة"), "");
}

#[test]
fn a_party_is_none_before_and_after_its_years() {
    let book = Codebook::built_in().unwrap();
    let analysis = Analysis::new(Text::new("داهمت قوات الأمن المنزل."), &book, |_| false);
    let key = |year| {
        let countries = [("SY".to_owned(), 3)].into_iter().collect();
        actors::find(&analysis, &book, countries, Some(year)).first().and_then(|mention| mention.key(&book)).unwrap()
    };
    assert_eq!(key(2013), "syrian_government");
    assert_eq!(key(2025), "syrian_transitional_government");
}

#[test]
fn our_forces_are_those_of_whoever_speaks() {
    assert_eq!(key("الجيش السوداني: قواتنا تصد الهجوم.", "SD", "قواتنا"), "saf");
    assert!(!key("قواتنا تصد الهجوم.", "SD", "قواتنا").starts_with("saf"));
}

#[test]
fn a_command_is_of_the_forces_that_follow_it() {
    let words = "القيادة العامة لقوات البيشمركة";
    assert_eq!(key("أعلنت القيادة العامة لقوات البيشمركة تحرير القرية.", "IQ", words), "peshmerga");
    // At the end of the text nothing follows.
    assert_eq!(key("اجتمعت هيئة الأركان", "IQ", "هيئة الأركان"), "iraqi_army");
}

#[test]
fn men_of_a_force_are_that_force() {
    assert_eq!(key("أصيب سبعة من رجال حرس الحدود بقذيفة.", "SA", "رجال حرس الحدود"), "saudi_forces");
    assert_eq!(key("استشهد رجال القوات المسلحة المصرية.", "EG", "رجال القوات المسلحة المصرية"), "egyptian_army");
    assert_eq!(key("احتجزوا أربعة رجال قرب الجيش.", "SY", "رجال"), "civilians");
}

#[test]
fn in_front_of_a_mosque_stands_no_imam() {
    assert_eq!(key("انفجرت سيارة أمام مسجد البلدة.", "SA", "أمام مسجد"), "");
    assert_eq!(key("تجمعوا امام المبنى.", "SY", "امام"), "");
    assert_eq!(key("اغتالوا إمام مسجد البلدة.", "YE", "إمام مسجد"), "civilians");
}

#[test]
fn whoever_demands_is_no_student() {
    assert_eq!(key("طالب محتجون في المدينة بالإفراج عن المعتقلين.", "YE", "طالب"), "");
    assert_eq!(key("قتل طالب برصاص الأمن.", "YE", "طالب"), "civilians");
}
