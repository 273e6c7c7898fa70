//! Encrypted connections to PostgreSQL, against a server with a certificate of its own. Skipped where PostgreSQL's or
//! OpenSSL's programs are missing.

mod support;

use maydani_archive::Archive;
use support::postgres::Cluster;

#[test]
fn sslmode_says_how_to_connect() {
    let cluster = match Cluster::start() {
        Ok(cluster) => cluster,
        Err(why) => return eprintln!("skipped: {why}"),
    };
    let certificate = match cluster.encrypt() {
        Ok(certificate) => certificate,
        Err(why) => return eprintln!("skipped: {why}"),
    };
    let address = cluster.database("sealed");
    let root = format!("sslrootcert={}", certificate.display());
    let open = |query: &str| Archive::open(&format!("{address}{query}")).map(|_| ()).map_err(|error| error.to_string());
    for fits in ["", "?sslmode=prefer", "?sslmode=require", &format!("?sslmode=verify-full&{root}")] {
        assert_eq!(open(fits), Ok(()), "{fits}");
    }
    let refused = |query: &str, why: &str| {
        let said = open(query).expect_err(query);
        assert!(said.contains(why), "{query}: {said}");
    };
    refused("?sslmode=disable", "no encryption");
    // Nobody in the web vouches for it.
    refused("?sslmode=verify-full", "UnknownIssuer");
    // It is made out for another name.
    let other = address.replace("127.0.0.1", "localhost");
    let said = Archive::open(&format!("{other}?sslmode=require&{root}")).expect_err("another name").to_string();
    assert!(said.contains("not valid for name"), "{said}");
}
