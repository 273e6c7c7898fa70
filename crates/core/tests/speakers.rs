//! Who speaks, and whose police is meant: reports written for the tests.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use maydani_core::analysis::Analysis;
use maydani_core::codebook::Codebook;
use maydani_core::mentions::{actors, sources};
use maydani_core::record::SourceKind;
use maydani_text::Text;

/// The speakers of a text: what names each, its key and kind.
fn speakers(text: &str) -> Vec<(String, String, SourceKind)> {
    let book = Codebook::built_in().unwrap();
    let analysis = Analysis::new(Text::new(text), &book, |_| false);
    let parties = actors::find(&analysis, &book, actors::Countries::default(), None);
    sources::find(&analysis, &book, &parties)
        .into_iter()
        .map(|claim| (analysis.text.slice(analysis.text.span(claim.words.clone())).to_owned(), claim.key, claim.kind))
        .collect()
}

fn surfaces(text: &str) -> Vec<String> {
    speakers(text).into_iter().map(|(surface, ..)| surface).collect()
}

#[test]
fn who_holds_an_office_speaks_with_office_and_name() {
    assert_eq!(
        surfaces("وأوضح مدير صحة المدينة الدكتور سالم العوني أن ستة جرحى وصلوا."),
        ["مدير صحة المدينة الدكتور سالم العوني"]
    );
    assert_eq!(surfaces("وكان محافظ المدينة سالم العوني قد أعلن حظر التجول."), ["محافظ المدينة سالم العوني"]);
    assert_eq!(surfaces("قال سالم العوني رئيس بلدية القرية إن الطريق قطع."), ["سالم العوني رئيس بلدية القرية"]);
}

#[test]
fn the_object_after_a_body_is_no_part_of_its_name() {
    assert_eq!(surfaces("أعلنت السلطات المحلية حصيلة جديدة."), ["السلطات المحلية"]);
}

#[test]
fn the_army_of_the_country_speaks_through_its_officers() {
    let found = speakers("وأوضح المتحدث العسكري المصري العميد سالم العوني أن القوة عادت.");
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].1.as_str(), found[0].2), ("egyptian_army", SourceKind::Official));
}

#[test]
fn who_saw_it_is_a_witness() {
    let found = speakers("وقال والد الطفل إن القذيفة سقطت ليلا.");
    assert_eq!((found[0].0.as_str(), found[0].2), ("والد الطفل", SourceKind::Witness));
}

#[test]
fn police_are_of_the_country_that_the_report_tells_of() {
    let book = Codebook::built_in().unwrap();
    let key = |text: &str, country: &str| {
        let analysis = Analysis::new(Text::new(text), &book, |_| false);
        let countries = [(country.to_owned(), 3)].into_iter().collect();
        actors::find(&analysis, &book, countries, None).first().and_then(|mention| mention.key(&book)).unwrap()
    };
    assert_eq!(key("قتل شرطي أمام المركز.", "TR"), "turkish_police");
    assert_eq!(key("أوقفت الشرطة ثلاثة.", "IQ"), "iraqi_police");
    assert_eq!(key("أوقفت الشرطة ثلاثة.", "IN"), "indian_forces");
}

#[test]
fn a_name_right_after_the_verb_speaks() {
    assert_eq!(surfaces("وقال سالم العوني إن القذيفة سقطت ليلا."), ["سالم العوني"]);
    assert_eq!(surfaces("وقال أيضا إن القذيفة سقطت ليلا."), Vec::<String>::new());
    // Whom the report has introduced keeps his office.
    let found = speakers("قال المتحدث باسم الجيش المصري سالم العوني إن القوة عادت. وأكد العوني أن الطريق آمن.");
    assert_eq!(found.len(), 2);
    assert_eq!(found[1].1, "egyptian_army");
}

#[test]
fn a_government_speaks_by_its_capital() {
    let found = speakers("ونفت موسكو قصف المستشفى.");
    assert_eq!((found[0].0.as_str(), found[0].2), ("موسكو", SourceKind::Official));
}

#[test]
fn people_speak_right_after_the_verb() {
    let found = speakers("روت ممرضة وصلت إلى المخيم ما جرى.");
    assert_eq!((found[0].0.as_str(), found[0].2), ("ممرضة", SourceKind::Witness));
    assert_eq!(surfaces("أصيب ستة بينهم أطفال بالقصف."), Vec::<String>::new());
}

#[test]
fn a_time_before_the_speaker_of_a_line_has_a_colon_of_its_own() {
    assert_eq!(surfaces("10:30 وزارة الدفاع التركية: اعتقلنا أربعة."), ["وزارة الدفاع التركية"]);
}

#[test]
fn who_carries_a_statement_does_not_speak() {
    let found = surfaces("وقال المجلس في بيان نشرته اليوم وكالة الأنباء اليمنية إن الجسر أغلق.");
    assert_eq!(found.first().map(String::as_str), Some("المجلس"), "{found:?}");
}
