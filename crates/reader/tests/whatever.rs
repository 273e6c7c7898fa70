//! Whatever bytes come, reading ends, without a panic and with bounded faults.

use std::io::Write as _;

use maydani_reader::{Limits, Options, Source, reports};

/// A small generator, so that a failure comes again.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % bound
    }
}

fn seeds() -> Vec<Vec<u8>> {
    let text =
        "غارة على قرية الصفا\n\nقصفت طائرة حربية قرية الصفا مساء أمس، وأصيب مدنيان.\n\nمقالات ذات صلة\n\nافتتاح معرض";
    let line = serde_json::json!({"id": 1, "title": "غارة", "published": "2022-02-16", "text": text}).to_string();
    let page = format!(
        "<html><head><meta property=\"og:title\" content=\"غارة\"><script type=\"application/ld+json\">{{\"@type\":\"NewsArticle\",\"headline\":\"غارة\"}}</script></head><body><nav><a href=1>الرئيسية</a></nav><div class=\"entry-content\"><p>{text}</p><br><br>{text}</div><time datetime=\"2022-02-16\"></time></body></html>"
    );
    let feed = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><rss><channel><title>ن</title><item><title>غارة &amp; قصف</title><description><![CDATA[<p>{text}</p>]]></description><pubDate>Wed, 16 Feb 2022 11:00:00 +0300</pubDate></item></channel></rss>"
    );
    let block = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{page}\r\n0\r\n\r\n",
        page.len()
    );
    let warc = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/1\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n",
        block.len()
    );
    let telegram = r#"{"name": "ق", "type": "public_channel", "id": 7, "messages": [{"id": 1, "type": "message",
        "date": "2022-02-16T11:00:00", "text": ["قصف", {"type": "bold", "text": "على القرية"}]}]}"#
        .to_owned();
    let json_feed = format!(
        "{{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"ن\", \"items\": [{{\"id\": 1, \"content_html\": \"<p>قصف</p>\"}}, {line}]}}"
    );
    let table = format!("id,title,text\n1,غارة,\"{text}\"\n2,قصف,على القرية\n");
    let plain = [
        text.to_owned(),
        format!("{line}\n{line}\n"),
        format!("[{line},\n{line}]"),
        page,
        feed,
        warc,
        telegram,
        json_feed,
        table,
    ];
    let mut seeds: Vec<Vec<u8>> = plain.iter().map(|seed| seed.clone().into_bytes()).collect();
    seeds.push(text.encode_utf16().flat_map(u16::to_le_bytes).collect());
    for seed in &plain {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(seed.as_bytes()).expect("packs");
        seeds.push(gzip.finish().expect("packs"));
        let level = ruzstd::encoding::CompressionLevel::Fastest;
        seeds.push(ruzstd::encoding::compress_to_vec(seed.as_bytes(), level));
        let options = lzma_rust2::XzOptions::with_preset(0);
        let mut xz = lzma_rust2::XzWriter::new(Vec::new(), options).expect("packs");
        xz.write_all(seed.as_bytes()).expect("packs");
        seeds.push(xz.finish().expect("packs"));
    }
    seeds
}

#[test]
fn reading_always_ends() {
    let limits = Limits { line: 64 << 10, document: 64 << 10, ..Limits::default() };
    let options = Options { limits, ..Options::default() };
    let seeds = seeds();
    let mut chance = Chance(7);
    for round in 0..4000 {
        let mut bytes = seeds[round % seeds.len()].clone();
        for _ in 0..=chance.below(4) {
            let at = chance.below(bytes.len().max(1));
            match chance.below(6) {
                0 => bytes.truncate(at),
                1 if at < bytes.len() => bytes[at] ^= 1 << chance.below(8),
                2 => bytes.insert(at.min(bytes.len()), b"\0\n\"<{}[]&;,\xff\xd9"[chance.below(13)]),
                3 if at < bytes.len() => drop(bytes.drain(at..(at + chance.below(40)).min(bytes.len()))),
                4 => {
                    let other = &seeds[chance.below(seeds.len())];
                    let piece = other[chance.below(other.len())..].to_vec();
                    bytes.extend(piece);
                }
                _ => {
                    let piece = bytes[at.min(bytes.len())..].to_vec();
                    bytes.extend(piece);
                }
            }
        }
        let length = bytes.len();
        let source = Source::Bytes { name: "whatever".into(), bytes };
        let count = reports([source], &options).take(length + 2).count();
        assert!(count <= length + 1, "round {round}: more items than bytes");
    }
}
