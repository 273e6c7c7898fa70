//! `maydani watch`: what is new on the web, into the archive, again and again.

use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::Context;
use maydani_archive::Archive;
use maydani_fetch::{Client, Settings, Stop};

use crate::archive_args::WatchArgs;
use crate::exit::Outcome;
use crate::knowledge::Knowledge;
use crate::watch::{Sources, Watch};

pub(crate) fn run(args: &WatchArgs, archive: &str) -> anyhow::Result<Outcome> {
    let sources = Sources::read(&args.sources)?;
    let knowledge = Knowledge::load(&args.knowledge)?;
    let store = Archive::open(archive)?;
    let stop = end_on_interrupt()?;
    let settings =
        Settings { contact: sources.contact.clone(), pause: sources.pause, stop: stop.clone(), ..Settings::default() };
    let codebook = crate::knowledge::version(&args.knowledge);
    let watch = Watch::new(sources.watched, store, knowledge, codebook, &args.web.allow_private)?;
    let ended = watch.run(Client::new(settings), &stop, args.once)?;
    eprintln!(
        "{} new reports, {} changed, {} held already; {} events; {} incidents made or changed",
        ended.done.new, ended.done.changed, ended.done.known, ended.done.events, ended.incidents
    );
    Ok(if args.once && ended.faults > 0 { Outcome::SomeInputFailed } else { Outcome::Done })
}

/// From now on Ctrl-C, SIGTERM and SIGHUP ask to end; a second one does not wait.
fn end_on_interrupt() -> anyhow::Result<Stop> {
    let stop = Stop::default();
    let (asked, again) = (stop.clone(), AtomicBool::new(false));
    ctrlc::set_handler(move || {
        if again.swap(true, Ordering::SeqCst) {
            std::process::exit(130);
        }
        asked.ask();
    })
    .context("cannot listen for Ctrl-C")?;
    Ok(stop)
}
