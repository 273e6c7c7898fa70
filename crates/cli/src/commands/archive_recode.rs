//! `maydani recode`: the archive's reports coded anew.

use std::io::{Write, stdout};

use jiff::Timestamp;
use maydani_archive::{ArchiveError, Change};
use maydani_core::record::{ActorValue, Event};

use super::archive_maintain::existing;
use crate::archive_args::RecodeArgs;
use crate::exit::Outcome;
use crate::knowledge::Knowledge;

pub(crate) fn run(args: &RecodeArgs, archive: &str) -> anyhow::Result<Outcome> {
    let knowledge = Knowledge::load(&args.knowledge)?;
    let codebook = crate::knowledge::version(&args.knowledge);
    let mut archive = existing(archive)?;
    let mut out = stdout().lock();
    let mut show = |change: &Change| {
        if args.quiet {
            return Ok(());
        }
        out.write_all(shown(change).as_bytes())
            .map_err(|source| ArchiveError::File { path: "standard output".to_owned(), source })
    };
    let done =
        archive.recode(&mut |report| knowledge.code(report), &codebook, Timestamp::now(), args.write, &mut show)?;
    drop(out);
    if args.write {
        archive.link()?;
    }
    let verb = if args.write { "changed" } else { "would change" };
    eprintln!("{} of {} reports {verb}: {} events gone, {} new", done.changed, done.reports, done.gone, done.new);
    if done.statements_gone + done.statements_new > 0 {
        eprintln!("statements of control: {} gone, {} new", done.statements_gone, done.statements_new);
    }
    if !args.write && done.changed > 0 {
        eprintln!("nothing was written; `maydani recode --write` stores it and keeps the old codings as history");
    }
    Ok(Outcome::Done)
}

fn shown(change: &Change) -> String {
    let mut out = format!("{}\n", change.report);
    for (sign, events) in [('-', &change.gone), ('+', &change.new)] {
        for event in events {
            out.push_str(&format!("  {sign} {}\n", line(event)));
        }
    }
    for (sign, statements) in [('-', &change.statements_gone), ('+', &change.statements_new)] {
        for said in statements {
            let passage = said.evidence.first().map_or("", |passage| passage.text.as_str()).replace('\n', " ");
            let (place, holder) = (&said.place.name, keys(&said.holder));
            out.push_str(&format!("  {sign} control · {place} · {holder} · \u{2068}{passage}\u{2069}\n"));
        }
    }
    out
}

fn keys(actors: &[ActorValue]) -> String {
    actors.iter().map(|actor| actor.key.as_str()).collect::<Vec<_>>().join(", ")
}

fn line(event: &Event) -> String {
    let places: Vec<&str> = event.places.iter().map(|place| place.name.as_str()).collect();
    let day = event.date.as_ref().and_then(|date| date.start_day.as_deref()).unwrap_or("–");
    format!(
        "{} · {day} · {} · {} → {} · \u{2068}{}\u{2069}",
        event.sub_event_type.code(),
        places.join(", "),
        keys(&event.actor1),
        keys(&event.actor2),
        event.trigger.text.replace('\n', " ")
    )
}
