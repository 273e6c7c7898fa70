//! Cases that run on both stores, and what they begin with.

use jiff::Timestamp;
use maydani_archive::Archive;

/// A case takes the location of an archive that does not exist yet.
pub(crate) type Case = fn(&str);

/// Makes a test on SQLite of each case, and one of all of them on a PostgreSQL of the tests' own.
macro_rules! on_both_stores {
    ($($case:ident)*) => {
        mod on_sqlite {
            $(#[test] fn $case() { crate::support::stores::on_sqlite(super::$case); })*
        }

        #[test]
        fn on_postgresql() {
            crate::support::stores::on_postgresql(&[$((stringify!($case), $case)),*]);
        }
    };
}
pub(crate) use on_both_stores;

pub(crate) fn on_sqlite(case: Case) {
    let folder = tempfile::tempdir().unwrap();
    case(&folder.path().join("archive.maydani").display().to_string());
}

pub(crate) fn on_postgresql(cases: &[(&str, Case)]) {
    let cluster = match super::postgres::Cluster::start() {
        Ok(cluster) => cluster,
        Err(why) if std::env::var_os("MAYDANI_NEED_POSTGRES").is_none() => {
            return eprintln!("SKIPPED: the suite on PostgreSQL: {why}");
        }
        Err(why) => panic!("no PostgreSQL: {why}"),
    };
    for (name, case) in cases {
        println!("{name}");
        case(&cluster.database(name));
    }
}

/// When the tests' reports are stored.
pub(crate) fn now() -> Timestamp {
    "2018-11-01T12:00:00Z".parse().unwrap()
}

/// The check of an archive finds nothing.
pub(crate) fn healthy(archive: &mut Archive) {
    assert_eq!(archive.check().unwrap(), []);
}
