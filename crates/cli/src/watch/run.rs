//! Asks what is due, codes and stores what is new.

use std::collections::BTreeMap;
use std::sync::mpsc::RecvTimeoutError;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use maydani_archive::{Archive, ArchiveError, Ingested, ReportKey, Watched};
use maydani_core::Report;
use maydani_fetch::{Answer, Client, Fault, FetchError, Page, Stop, Url, Validators};
use maydani_reader::{Entry, Options, entries};

use super::desk::{Desk, Fetched, Task, What};
use super::entry::{hash, is_before, is_front};
use super::rounds::{Round, after, back_off};
use super::sources::Source;
use crate::intake::{Batch, careful, code};
use crate::knowledge::Knowledge;
use crate::web;

/// So often the end and the clock are looked at.
const NAP: Duration = Duration::from_millis(200);
/// Events wait no longer than this to be linked, however much comes in.
const LINK_AFTER: Duration = Duration::from_secs(30);
/// A page that fails so often is given up, until the feed says something new of it.
const TRIES: u32 = 5;
/// Between two tries of a page; doubles.
const FIRST_TRY: Duration = Duration::from_secs(600);
/// An index lists sitemaps, which list pages; one level more is tolerated.
const DEEPEST: u32 = 2;

/// What is watched, and where it goes.
pub(crate) struct Watch {
    sources: Vec<Source>,
    /// When each source is due.
    next: Vec<Timestamp>,
    rounds: BTreeMap<usize, Round>,
    archive: Archive,
    knowledge: Knowledge,
    batch: Batch,
    /// Hosts that may lie in a private network, whoever leads there.
    private: Vec<String>,
    /// Since when events wait to be linked.
    unlinked: Option<Instant>,
    ended: Ended,
}

/// What came of it all.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Ended {
    pub(crate) done: Ingested,
    pub(crate) incidents: usize,
    pub(crate) faults: u64,
}

impl Watch {
    /// Goes on where the archive says that the last run stopped.
    pub(crate) fn new(
        sources: Vec<Source>,
        mut archive: Archive,
        knowledge: Knowledge,
        codebook: String,
        private: &[String],
    ) -> Result<Self, ArchiveError> {
        let now = Timestamp::now();
        let mut next = Vec::new();
        for source in &sources {
            let kept = archive.watched(source.address.as_str())?.unwrap_or_default();
            // How often may have changed in the file since; a source that failed is left alone as long as
            // was said then.
            let due = kept.asked_at.map_or(now, |asked| after(asked.min(now), source.every));
            next.push(kept.next_at.filter(|_| kept.failures > 0).unwrap_or(due));
        }
        Ok(Self {
            sources,
            next,
            rounds: BTreeMap::new(),
            archive,
            knowledge,
            batch: Batch::new(codebook),
            private: private.to_vec(),
            unlinked: None,
            ended: Ended::default(),
        })
    }

    /// Asks, until the end is asked for; `once`: until everything that is due was asked.
    pub(crate) fn run(mut self, client: Client, stop: &Stop, once: bool) -> anyhow::Result<Ended> {
        let (desk, fetched) = Desk::open(client);
        self.begin(&desk)?;
        while !stop.is_asked() && (!once || !self.rounds.is_empty()) {
            match fetched.recv_timeout(NAP) {
                Ok(fetched) => self.take(fetched, &desk)?,
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => anyhow::bail!("the threads that fetch have ended; start again"),
            }
            if !once {
                self.begin(&desk)?;
            }
            let waits = |since: Instant| self.rounds.is_empty() || since.elapsed() >= LINK_AFTER;
            if self.unlinked.is_some_and(waits) {
                self.link()?;
            }
        }
        self.batch.store(&mut self.archive)?;
        self.link()?;
        Ok(Ended { done: self.batch.done.and(self.ended.done), ..self.ended })
    }

    fn link(&mut self) -> Result<(), ArchiveError> {
        self.unlinked = None;
        self.ended.incidents += self.archive.link()?.incidents;
        Ok(())
    }

    /// Begins a round of each source that is due.
    fn begin(&mut self, desk: &Desk) -> Result<(), ArchiveError> {
        let now = Timestamp::now();
        for at in 0..self.sources.len() {
            if self.next[at] > now || self.rounds.contains_key(&at) {
                continue;
            }
            let source = &self.sources[at];
            let url = source.address.clone();
            self.rounds.insert(at, Round { left: 1, pages: source.pages, ..Round::default() });
            let known = self.archive.watched(url.as_str())?.map(|kept| validators(&kept)).unwrap_or_default();
            desk.add(Task { source: at, url, known, private: self.private(at), what: What::List(0, None) });
        }
        Ok(())
    }

    /// Hosts that a source's requests may reach in a private network.
    fn private(&self, at: usize) -> Vec<String> {
        let source = &self.sources[at];
        let own = source.address.host_str().filter(|_| source.allow_private);
        // The guard compares addresses of version 6 without their brackets.
        let own = own.map(|host| host.trim_matches(['[', ']']).to_owned());
        self.private.iter().cloned().chain(own).collect()
    }

    fn options(&self, at: usize) -> Options {
        web::options(None, self.sources[at].outlet.clone(), self.knowledge.tables())
    }

    /// Takes what was fetched.
    fn take(&mut self, fetched: Fetched, desk: &Desk) -> Result<(), ArchiveError> {
        let Fetched { task, answer } = fetched;
        let at = task.source;
        let Some(mut round) = self.rounds.remove(&at) else { return Ok(()) };
        let before = self.batch.done;
        round.left = round.left.saturating_sub(1);
        let page = match task.what {
            What::List(depth, ref entry) => {
                self.list(&task, depth, entry.clone(), answer, &mut round, desk)?;
                None
            }
            What::Page(ref hash, ref carried) => {
                Some(self.page(&task, hash, carried.as_deref(), answer, &mut round)?)
            }
        };
        // What is kept of an address says that its reports are stored: they go first.
        self.batch.store(&mut self.archive)?;
        if let Some(page) = page.flatten() {
            self.archive.keep_watched(&page)?;
        }
        let done = self.batch.done;
        let (new, changed) = (done.new - before.new, done.changed - before.changed);
        let (known, events) = (done.known - before.known, done.events - before.events);
        round.done = round.done.and(Ingested { new, changed, known, events });
        if new + changed > 0 {
            self.unlinked.get_or_insert_with(Instant::now);
        }
        if round.left == 0 {
            self.finish(at, round)
        } else {
            self.rounds.insert(at, round);
            Ok(())
        }
    }

    /// A source, or a sitemap that it lists.
    fn list(
        &mut self,
        task: &Task,
        depth: u32,
        entry: Option<String>,
        answer: Result<Answer, FetchError>,
        round: &mut Round,
        desk: &Desk,
    ) -> Result<(), ArchiveError> {
        let mut kept = Watched { address: task.url.to_string(), entry, ..Watched::default() };
        match answer {
            Err(FetchError { fault: Fault::Stopped, .. }) => round.is_cut = true,
            Err(error) if depth == 0 => round.fault = Some((error.to_string(), error.fault.wait())),
            Err(error) => {
                round.is_cut = true;
                say(round, &error.to_string());
            }
            Ok(Answer::Unchanged) => {
                (kept.etag, kept.modified) = (task.known.etag.clone(), task.known.modified.clone());
                round.lists.push(kept);
            }
            Ok(Answer::Page(page)) => {
                (kept.etag, kept.modified) = (page.validators.etag.clone(), page.validators.modified.clone());
                round.lists.push(kept);
                let options = self.options(task.source);
                match entries(page.url.as_str(), &page.bytes, &options) {
                    Some(listed) => {
                        let listed = careful(listed, page.url.as_str());
                        for entry in listed {
                            match entry {
                                Ok(entry) => self.entry(task.source, depth, &page.url, entry, round, desk)?,
                                Err(fault) => say(round, &fault),
                            }
                        }
                    }
                    None => {
                        self.reports(page, &options, None, round)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// What a feed or sitemap says of one page.
    fn entry(
        &mut self,
        at: usize,
        depth: u32,
        list: &Url,
        entry: Entry,
        round: &mut Round,
        desk: &Desk,
    ) -> Result<(), ArchiveError> {
        let source = &self.sources[at];
        let url = entry.url.as_deref().and_then(|url| list.join(url).ok());
        let private = self.private(at);
        let add = |url: Url, known: Validators, what: What, round: &mut Round| {
            round.left += 1;
            desk.add(Task { source: at, url, known, private: private.clone(), what });
        };
        if is_before(&entry, source.since.as_deref()) {
            return Ok(());
        }
        match url {
            Some(url) if entry.is_sitemap => {
                let kept = self.archive.watched(url.as_str())?;
                let is_known = entry.changed.is_some() && kept.as_ref().is_some_and(|kept| kept.entry == entry.changed);
                if depth < DEEPEST && !is_known && round.asked.insert(url.to_string()) {
                    let known = kept.as_ref().map(validators).unwrap_or_default();
                    add(url, known, What::List(depth + 1, entry.changed), round);
                }
            }
            Some(url) if source.follow => {
                let (id, hash) = (web::page_id(&url), hash(&entry));
                let kept = self.archive.watched(&id)?;
                if let Some(kept) = kept.as_ref().filter(|kept| kept.entry.as_deref() == Some(&hash)) {
                    let Some(next) = kept.next_at else { return Ok(()) };
                    if next > Timestamp::now() {
                        round.is_cut = true;
                        return Ok(());
                    }
                }
                if round.asked.contains(&id) {
                    return Ok(());
                }
                if round.pages == 0 {
                    round.is_cut = true;
                    return Ok(());
                }
                round.pages -= 1;
                round.asked.insert(id);
                let known = kept.as_ref().map(validators).unwrap_or_default();
                add(url, known, What::Page(hash, entry.report.map(Box::new)), round);
            }
            _ => {
                if let Some(mut report) = entry.report {
                    web::name(&mut report, list, true);
                    self.code(&report, round)?;
                }
            }
        }
        Ok(())
    }

    /// A page that a feed lists; what is to be kept of it.
    fn page(
        &mut self,
        task: &Task,
        hash: &str,
        carried: Option<&Report>,
        answer: Result<Answer, FetchError>,
        round: &mut Round,
    ) -> Result<Option<Watched>, ArchiveError> {
        let now = Timestamp::now();
        let address = web::page_id(&task.url);
        let mut kept = Watched { address, entry: Some(hash.to_owned()), asked_at: Some(now), ..Watched::default() };
        match answer {
            Err(FetchError { fault: Fault::Stopped, .. }) => {
                round.is_cut = true;
                return Ok(None);
            }
            Err(error) => {
                let before = self.archive.watched(&kept.address)?;
                let before = before.filter(|before| before.entry == kept.entry).unwrap_or_default();
                kept.failures = before.failures + 1;
                kept.asked_at = before.asked_at;
                kept.fault = Some(error.to_string());
                if error.fault.is_lasting() || kept.failures >= TRIES {
                    say(round, &error.to_string());
                    self.carried(&kept.address, carried, round)?;
                } else {
                    round.is_cut = true;
                    kept.next_at = Some(after(now, back_off(FIRST_TRY, kept.failures, error.fault.wait())));
                    say(round, &error.to_string());
                }
            }
            Ok(Answer::Unchanged) => {
                (kept.etag, kept.modified) = (task.known.etag.clone(), task.known.modified.clone());
            }
            // Many sites lead from a page that is gone to their front page.
            Ok(Answer::Page(page)) if is_front(&page.url) && !is_front(&task.url) => {
                self.carried(&kept.address, carried, round)?;
            }
            Ok(Answer::Page(page)) => {
                (kept.etag, kept.modified) = (page.validators.etag.clone(), page.validators.modified.clone());
                let options = self.options(task.source);
                if self.reports(page, &options, carried, round)? == 0 {
                    self.carried(&kept.address, carried, round)?;
                }
            }
        }
        Ok(Some(kept))
    }

    /// Where a page cannot be read, what the feed carries of it stands for it.
    fn carried(&mut self, id: &str, carried: Option<&Report>, round: &mut Round) -> Result<(), ArchiveError> {
        let Some(carried) = carried else { return Ok(()) };
        self.code(&Report { id: Some(id.to_owned()), ..carried.clone() }, round)
    }

    /// The reports of a page; how many. What the page does not say itself, the feed may.
    fn reports(
        &mut self,
        page: Page,
        options: &Options,
        feed: Option<&Report>,
        round: &mut Round,
    ) -> Result<usize, ArchiveError> {
        let address = page.url.to_string();
        let reports = careful(web::reports_of(page, options), &address);
        let mut count = 0;
        for report in reports {
            match report {
                Ok(mut report) => {
                    report.published = report.published.or_else(|| feed?.published.clone());
                    report.outlet = report.outlet.or_else(|| feed?.outlet.clone());
                    report.section = report.section.or_else(|| feed?.section.clone());
                    self.code(&report, round)?;
                    count += 1;
                }
                Err(fault) => say(round, &fault),
            }
        }
        Ok(count)
    }

    fn code(&mut self, report: &Report, round: &mut Round) -> Result<(), ArchiveError> {
        let key = report.id.as_deref().map(|id| ReportKey::new(id, &report.text));
        if key.is_some_and(|key| self.archive.holds(&key).unwrap_or(false)) {
            self.ended.done.known += 1;
            return Ok(());
        }
        match code(&self.knowledge, report) {
            Ok(record) => self.batch.add(record, &mut self.archive)?,
            Err(fault) => say(round, &fault),
        }
        Ok(())
    }

    /// The end of a round: what was asked is kept, and when to ask again.
    fn finish(&mut self, at: usize, mut round: Round) -> Result<(), ArchiveError> {
        let now = Timestamp::now();
        let every = self.sources[at].every;
        let address = self.sources[at].address.to_string();
        self.ended.faults += u64::from(round.faults) + u64::from(round.fault.is_some());
        self.next[at] = after(now, every);
        for mut list in round.close(now) {
            list.next_at = (list.address == address).then_some(self.next[at]);
            self.archive.keep_watched(&list)?;
        }
        if let Some((fault, wait)) = round.fault {
            let mut kept = self.archive.watched(&address)?.unwrap_or_default();
            kept.address = address;
            kept.failures += 1;
            self.next[at] = after(now, back_off(every, kept.failures, wait));
            kept.next_at = Some(self.next[at]);
            let again = jiff::SignedDuration::from_secs(self.next[at].duration_since(now).as_secs());
            eprintln!("maydani: {fault}; asked again in {again:#}");
            kept.fault = Some(fault);
            self.archive.keep_watched(&kept)?;
        } else if round.done.new + round.done.changed > 0 {
            eprintln!(
                "{address}: {} new, {} changed; {} events",
                round.done.new, round.done.changed, round.done.events
            );
        }
        Ok(())
    }
}

fn say(round: &mut Round, fault: &str) {
    round.faults += 1;
    eprintln!("maydani: {fault}");
}

fn validators(kept: &Watched) -> Validators {
    Validators { etag: kept.etag.clone(), modified: kept.modified.clone() }
}
