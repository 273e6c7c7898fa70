//! What is furniture on a page and what is the report.

use maydani_core::furniture::{Furniture, Kind, furniture};

/// The lines of a page that are left when its furniture is taken out.
fn left(page: &str) -> Vec<&str> {
    let ranges = furniture(page);
    let mut at = 0;
    let mut lines = Vec::new();
    for line in page.split_inclusive('\n') {
        let body = line.trim_end();
        let inside = ranges.iter().any(|range| range.start <= at && at + body.len() <= range.end);
        if !body.is_empty() && !inside {
            lines.push(body);
        }
        at += line.len();
    }
    lines
}

const HEADLINE: &str = "مقتل مدنيين اثنين بقصف مدفعي على قرية الصفا";
const LEAD: &str = "قُتل مدنيان اثنان وأصيب ثالث، اليوم الأحد، بقصف مدفعي استهدف أطراف قرية الصفا.";
const MORE: &str = "وقال مصدر محلي إن القصف جاء من جهة المعسكر الشرقي واستمر ساعة كاملة.";

#[test]
fn the_table_holds() {
    let table = include_str!("../../../codebook/furniture.tsv");
    let furniture = Furniture::built_in();
    let mut rows = 0;
    for (number, row) in table.lines().enumerate() {
        let cells: Vec<&str> = row.split('\t').collect();
        let [pattern, kind, examples, counter_examples @ ..] = cells.as_slice() else {
            continue;
        };
        if *pattern == "pattern" {
            continue;
        }
        rows += 1;
        for example in examples.split(" | ") {
            let found = furniture.kind(example).map(|kind| format!("{kind:?}").to_lowercase());
            let wanted = Some(kind.replace('_', ""));
            assert_eq!(found, wanted, "furniture.tsv:{}: «{example}»", number + 1);
        }
        for example in counter_examples.iter().flat_map(|cell| cell.split(" | ")) {
            let found = furniture.kind(example).filter(|_| !example.is_empty());
            assert_eq!(found, None, "furniture.tsv:{}: «{example}»", number + 1);
        }
    }
    assert!(rows > 250, "only {rows} rows were read");
}

#[test]
fn a_plain_report_stays_whole() {
    for page in ["", "\n\n", HEADLINE, &format!("{HEADLINE}\n\n{LEAD}\n\n{MORE}")] {
        assert_eq!(furniture(page), Vec::<std::ops::Range<usize>>::new(), "{page}");
    }
}

#[test]
fn related_headlines_after_a_word_of_the_page() {
    let page = format!(
        "{HEADLINE}\n\n{LEAD}\n\nأخبار ذات صلة\n\nغارة على مستودع في الريف\n\n{MORE}\n\n\
         مقالات ذات صلة\n\nانفجار في سوق المدينة القديمة\n\nاشتباكات قرب الحاجز الشمالي"
    );
    assert_eq!(left(&page), [HEADLINE, LEAD, MORE]);
}

#[test]
fn related_headlines_without_a_word_of_the_page() {
    let page = format!(
        "{HEADLINE}\n\n{LEAD}\n\n{MORE}\n\nانفجار في سوق المدينة القديمة\n\n\
         اشتباكات قرب الحاجز الشمالي للمدينة\n\nإعادة فتح المعبر بعد أسبوع من الإغلاق"
    );
    assert_eq!(left(&page), [HEADLINE, LEAD, MORE]);
}

#[test]
fn names_and_items_after_the_body_are_the_report() {
    let named = "عدد من القرى التي طالها القصف اليوم:";
    let items = ["- قرية الزهراء شمالي المحافظة", "- قرية النخيل جنوبي المحافظة", "- حي الورود في المدينة القديمة"];
    let page = format!("{HEADLINE}\n\n{LEAD}\n\n{named}\n{}", items.join("\n"));
    assert!(furniture(&page).is_empty());
    // A digest whose items have no full stops gives no sign of where it ends.
    let digest = "غارة على أطراف البلدة الشمالية\nقصف مدفعي على قرية الصفا وجوارها\n\
                  انفجار عبوة على الطريق العام\nاشتباكات عند حاجز الجسر القديم";
    assert!(furniture(digest).is_empty());
}

#[test]
fn menus_and_other_headlines_before_the_headline() {
    let page = format!(
        "الرئيسية\n\nاقتصاد\n\nافتتاح معرض الكتاب في العاصمة\n\nارتفاع أسعار الخبز في الأسواق\n\n\
         نتائج مباريات الأسبوع الثالث\n\nموجة برد تضرب المنطقة\n\n{HEADLINE}\n\nمراسلنا\n\n{LEAD}"
    );
    assert_eq!(left(&page), [HEADLINE, "مراسلنا", LEAD]);
}

#[test]
fn a_list_before_the_body_does_not_swallow_the_headline() {
    let page = format!("الأكثر قراءة\n\nافتتاح معرض الكتاب\n\n{HEADLINE}\n\nمراسلنا\n\n{LEAD}");
    assert_eq!(left(&page), [HEADLINE, "مراسلنا", LEAD]);
}

#[test]
fn comments_end_the_report() {
    let comment = "هذا خبر محزن جداً ونرجو أن تتوقف الحرب في أقرب وقت ممكن يا رب.";
    let page = format!("{HEADLINE}\n\n{LEAD}\n\nالتعليقات (1)\n\n{comment}\n\nاترك تعليقاً");
    assert_eq!(left(&page), [HEADLINE, LEAD]);
    // Before the body the same words are one line of the page's head.
    let page = format!("{HEADLINE}\n\nالتعليقات (1)\n\n{LEAD}");
    assert_eq!(left(&page), [HEADLINE, LEAD]);
}

#[test]
fn sign_offs_stand_after_the_body() {
    let page = format!("وكالة النهار\n\n{HEADLINE}\n\n{LEAD}\n\nإعداد: سامر علي – تحرير: ليلى حسن");
    assert_eq!(left(&page), ["وكالة النهار", HEADLINE, LEAD]);
}

#[test]
fn the_interface_of_a_social_network() {
    let post = "قصف مدفعي على قرية الصفا الآن وأنباء عن إصابات";
    let page = format!(
        "Sham Post\u{200F} @ShamPost\n5m5 minutes ago\nMore\nCopy link to Tweet\n\n{post}\n2 replies\n\
         1 retweet\n16 likes\nShow this thread\nSham Post @ShamPost\n{post}\n\
         Ali @ali_x\nReplying to @ShamPost\nالله يحمي الجميع يا رب\n0 replies\nBack to top ↑"
    );
    assert_eq!(left(&page), [post]);
}

#[test]
fn a_page_that_is_only_a_menu() {
    let headlines: Vec<String> = ["الأول", "الثاني", "الثالث", "الرابع", "الخامس", "السادس"]
        .iter()
        .map(|n| format!("خبر المساء {n} من العاصمة"))
        .collect();
    let page = format!("{}\nعربي\nKURDÎ\nENGLISH", headlines.join("\n"));
    assert!(left(&page).is_empty());
}

#[test]
fn an_analysts_rows_join_the_built_in_ones() {
    let row = "pattern\tkind\texamples\nزاوية القراء\tlist\tزاوية القراء:\n";
    let with = |row: &str| Furniture::checked(&[("own/furniture.tsv".to_owned(), row.to_owned())]);
    let (wider, faults) = with(row);
    assert_eq!(faults, []);
    assert_eq!(wider.kind("زاويةُ القرّاء"), Some(Kind::List));
    assert_eq!(Furniture::built_in().kind("زاوية القراء"), None);
    let faults = [
        (
            "كلمة\tmenu\tكلمة",
            "own/furniture.tsv:1:6: unknown kind «menu»; write line, list, reply, sign_off, outlet or end",
        ),
        ("\n!!\tline\t!!", "own/furniture.tsv:2:1: empty pattern; write the words of the line"),
        ("كلمة\tline", "own/furniture.tsv:1:11: no example; add a line of a page that matches"),
    ];
    for (row, message) in faults {
        let (_, faults) = with(row);
        assert_eq!(faults.iter().map(ToString::to_string).collect::<Vec<_>>(), [message]);
    }
}

/// Whatever the lines and their order, the ranges ascend, stand apart and end on characters.
#[test]
fn ranges_are_sound() {
    let lines = [
        HEADLINE,
        LEAD,
        MORE,
        "",
        "  ",
        "مقالات ذات صلة",
        "5m5 minutes ago",
        "Replying to @a",
        "اترك تعليقاً",
        "\u{200F}يومين مضت\u{200F}",
        "💡 أهم المواضيع",
        "X",
        "a @b",
        "المصدر: وكالات",
        "\u{2028}",
        "🇸🇾",
        "12",
    ];
    let mut state = 1_u64;
    for _ in 0..3000 {
        let mut page = String::new();
        for _ in 0..(state >> 40) % 14 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            page.push_str(lines[(state >> 33) as usize % lines.len()]);
            page.push_str(["\n", "\n\n", "\r\n"][(state >> 60) as usize % 3]);
        }
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let mut end = 0;
        for range in furniture(&page) {
            assert!(range.start >= end && range.start < range.end, "{page}");
            assert!(page.get(range.clone()).is_some(), "{page}");
            end = range.end + 1;
        }
    }
}

/// Needs `../shared/gold`; says so and passes without it.
#[test]
fn no_annotated_passage_is_hidden() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/gold/train.jsonl");
    let Ok(gold) = std::fs::read_to_string(path) else {
        eprintln!("skipped: ../shared/gold/train.jsonl is not there");
        return;
    };
    let (mut passages, mut hidden) = (0, Vec::new());
    for line in gold.lines() {
        let report: serde_json::Value = serde_json::from_str(line).expect("a JSON line");
        let text = report["text"].as_str().expect("a text");
        let ranges = furniture(text);
        for event in report["events"].as_array().expect("events") {
            for passage in event["evidence"].as_array().expect("evidence") {
                let passage = passage.as_str().expect("a passage");
                passages += 1;
                let open = text
                    .match_indices(passage)
                    .any(|(at, _)| ranges.iter().all(|range| range.end <= at || at + passage.len() <= range.start));
                if !open {
                    hidden.push((report["id"].clone(), passage.to_owned()));
                }
            }
        }
    }
    assert!(passages > 800);
    assert!(hidden.len() * 200 <= passages, "{} of {passages} hidden: {hidden:?}", hidden.len());
}
