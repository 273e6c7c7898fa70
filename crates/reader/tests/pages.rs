//! Web pages as sites of the region build them; the sites and the news are made up.

use maydani_core::Report;
use maydani_reader::{Fault, Options, ReadError, Source, reports};

const HEADLINE: &str = "مقتل مدنيين اثنين بقصف مدفعي على قرية الصفا";
const LEAD: &str = "قُتل مدنيان اثنان وأصيب ثالث، اليوم الأحد، بقصف مدفعي استهدف أطراف قرية الصفا في الريف الشمالي.";
const MORE: &str = "وقال مصدر محلي لشبكة النهار إن القصف جاء من جهة المعسكر الشرقي واستمر ساعة كاملة.";
const LAST: &str = "وأضاف المصدر أن فرق الإسعاف نقلت الجريح إلى مشفى المدينة القريبة.";

fn read(html: impl Into<Vec<u8>>) -> Result<Report, ReadError> {
    let source = Source::Bytes { name: "page".into(), bytes: html.into() };
    let mut all: Vec<_> = reports([source], &Options::default()).collect();
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0)
}

fn whole() -> String {
    [HEADLINE, LEAD, MORE, LAST].join("\n\n")
}

#[test]
fn a_theme_with_everything_around_the_report() {
    let html = format!(
        r#"<!DOCTYPE html><html dir="rtl" lang="ar"><head><meta charset="utf-8"><title>{HEADLINE} - شبكة النهار</title>
        <meta property="og:site_name" content="شبكة النهار"><meta property="og:title" content="{HEADLINE} - شبكة النهار">
        <link rel="canonical" href="https://example.org/archives/1234">
        <script type="application/ld+json">{{"@context":"https://schema.org","@graph":[{{"@type":"WebSite","name":"شبكة النهار"}},
        {{"@type":["NewsArticle"],"headline":"{HEADLINE}","datePublished":"2022-02-13T18:20:00+03:00","articleSection":["أخبار","ميداني"],
        "publisher":{{"@type":"Organization","name":"شبكة النهار"}}}}]}}</script><style>p{{color:red}}</style></head>
        <body class="single has-sidebar"><nav><ul><li><a href="/">الرئيسية</a></li><li><a href="/e">اقتصاد</a></li></ul></nav>
        <div class="breaking-news"><a href="/1">انفجار في سوق المدينة القديمة اليوم</a></div>
        <main><article class="post"><ul class="breadcrumb"><li><a href="/">الرئيسية</a></li><li><a href="/m">ميداني</a></li></ul>
        <h1 class="entry-title">{HEADLINE}</h1><span class="date meta-item">13 فبراير 2022</span>
        <figure><img src="a.jpg"><figcaption>صورة من القرية بعد القصف</figcaption></figure>
        <div class="entry-content"><p>{LEAD}</p><div class="related-inline"><p>اقرأ أيضاً: <a href="/2">غارة على مستودع في الريف</a></p></div>
        <p>اقرأ أيضاً: غارة على مستودع في الريف</p><p>وقال مصدر محلي ل<b>شبكة النهار</b> إن القصف جاء<br> من جهة
        المعسكر&nbsp;الشرقي واستمر ساعة كاملة.</p><script>ads()</script><p>{LAST}</p>
        <p>إعداد: سامر علي – تحرير: ليلى حسن</p><div class="sharedaddy">شارك هذا: <a>فيسبوك</a></div></div></article>
        <div id="related-posts"><h3>مقالات ذات صلة</h3><h4>افتتاح معرض الكتاب في العاصمة</h4></div>
        <div id="comments"><h3>التعليقات</h3><p>خبر محزن جداً ونرجو السلامة للجميع في كل مكان من البلاد.</p></div></main>
        <aside class="sidebar"><h3>الأكثر قراءة</h3><a>ارتفاع أسعار الخبز</a></aside><footer>جميع الحقوق محفوظة</footer></body></html>"#
    );
    let report = read(html).expect("a report");
    let more = MORE.replace("المعسكر الشرقي", "المعسكر\u{a0}الشرقي").replace("جاء من", "جاء\nمن");
    assert_eq!(report.text, [HEADLINE, LEAD, &more, LAST].join("\n\n"));
    assert_eq!(report.title.as_deref(), Some(HEADLINE));
    assert_eq!(report.outlet.as_deref(), Some("شبكة النهار"));
    assert_eq!(report.section.as_deref(), Some("ميداني"));
    assert_eq!(report.published.as_deref(), Some("2022-02-13T18:20:00+03:00"));
    assert_eq!(report.url.as_deref(), Some("https://example.org/archives/1234"));
}

/// No class tells anything: tables, line breaks, an old encoding, the day in print.
#[test]
fn an_old_site_in_windows_1256() {
    let html = format!(
        "<html><head><meta http-equiv=Content-Type content=\"text/html; charset=windows-1256\"><title>{HEADLINE}</title></head><body>\
         <table width=900><tr><td colspan=2><a href=1>الرئيسية</a> <a href=2>سياسة</a> <a href=3>اقتصاد</a></td></tr>\
         <tr><td width=200><a href=4>افتتاح معرض الكتاب</a><br><a href=5>موجة برد جديدة</a></td>\
         <td><font size=5>{HEADLINE}</font><br>التاريخ: 13/02/2022<br><br>{LEAD}<br><br>{MORE}<br><br>{LAST}</td></tr></table></body></html>"
    );
    let (bytes, _, faulty) = encoding_rs::WINDOWS_1256.encode(&html);
    assert!(!faulty);
    let report = read(bytes.into_owned()).expect("a report");
    assert_eq!(report.title.as_deref(), Some(HEADLINE));
    assert_eq!(report.published.as_deref(), Some("2022-02-13"));
    for paragraph in [LEAD, MORE, LAST] {
        assert!(report.text.split("\n\n").any(|block| block == paragraph), "{}", report.text);
    }
    assert!(!report.text.contains("معرض الكتاب"), "{}", report.text);
}

#[test]
fn divs_for_paragraphs_and_a_printed_day() {
    let html = format!(
        r#"<html><head><meta property="og:title" content="{HEADLINE}"><meta property="og:url" content="http://news.example.org/2022/2/13/a">
        </head><body><div class="header-menu"><div><a>محليات</a></div><div><a>رياضة</a></div></div>
        <div id="page"><h1>{HEADLINE}</h1><div class="x1"><div>{LEAD}</div><div>{MORE}</div><div>{LAST}</div></div>
        <div class="x2"><div><a>افتتاح معرض الكتاب في العاصمة</a></div><div><a>ارتفاع أسعار الخبز في الأسواق</a></div>
        <div><a>نتائج مباريات الأسبوع الثالث من الدوري</a></div></div></div></body></html>"#
    );
    let report = read(html).expect("a report");
    assert_eq!(report.text, whole());
    assert_eq!(report.published.as_deref(), Some("2022-02-13"));
    assert_eq!(report.outlet, None);
}

#[test]
fn a_short_report_and_a_bare_one() {
    let short = format!("<html><body><h1>{HEADLINE}</h1><p>أصيب مدنيان في القصف.</p></body></html>");
    let report = read(short).expect("a report");
    assert_eq!(report.text, format!("{HEADLINE}\n\nأصيب مدنيان في القصف."));
    let bare = format!("<p>{HEADLINE}</p><p>{LEAD}</p>");
    assert_eq!(read(bare).expect("a report").text, format!("{HEADLINE}\n\n{LEAD}"));
}

#[test]
fn the_address_is_kept() {
    let url = "https://news.example.org/2022/2/13/a";
    for bytes in [format!("<p>{HEADLINE}</p><p>{LEAD}</p>"), format!("{HEADLINE}\n\n{LEAD}")] {
        let source = Source::Fetched { url: url.into(), bytes: bytes.into() };
        let report = reports([source], &Options::default()).next().expect("one").expect("a report");
        assert_eq!((report.url.as_deref(), report.text), (Some(url), format!("{HEADLINE}\n\n{LEAD}")));
    }
}

#[test]
fn pages_without_a_report() {
    for html in
        ["<html><body></body></html>", "<!doctype html><html><body><nav>الرئيسية</nav><script>1</script></body></html>"]
    {
        let error = read(html).expect_err("no report");
        assert!(matches!(error.fault, Fault::NoReport | Fault::Empty), "{error}");
    }
}

#[test]
fn hostile_pages_end() {
    let deep = |count: usize| format!("<html><body>{}<p>{LEAD}</p>", "<div>".repeat(count));
    assert_eq!(read(deep(300)).expect("a report").text, LEAD);
    assert!(matches!(read(deep(60_000)).expect_err("too deep").fault, Fault::Overgrown(_)));
    let many = |count: usize| format!("<html><body><p>{LEAD}</p>{}", "<p>كلام".repeat(count));
    assert!(read(many(20_000)).is_ok());
    assert!(matches!(read(many(250_000)).expect_err("too many").fault, Fault::Overgrown(_)));
    let huge = format!("<html><body>{}", "<p>كلام</p>".repeat(2 << 20));
    assert!(matches!(read(huge).expect_err("too large").fault, Fault::LargeDocument(16)));
    let linked = format!("<html><script type='application/ld+json'>{}</script><p>{LEAD}</p>", "[".repeat(100_000));
    assert!(read(linked).expect("a report").text.contains(LEAD));
    for tag in ["b", "a", "table", "font", "form", "svg", "template"] {
        let formatting = format!("<html><body>{}<p>{LEAD}</p>", format!("<{tag}>").repeat(390));
        let _ = read(formatting);
    }
}
