//! `maydani decide`: an analyst's merges, splits, rejections and reviews.

use jiff::Timestamp;
use maydani_archive::Decision;

use super::archive_maintain::existing;
use crate::archive_args::{DecideArgs, DecideCommand};
use crate::exit::Outcome;

pub(crate) fn run(args: &DecideArgs, archive: &str) -> anyhow::Result<Outcome> {
    let mut archive = existing(archive)?;
    let decision = match &args.command {
        DecideCommand::List => {
            for made in archive.decisions()? {
                println!("{}", serde_json::to_string(&made)?);
            }
            return Ok(Outcome::Done);
        }
        DecideCommand::Merge { incidents } => Decision::Merge { incidents: incidents.clone() },
        DecideCommand::Split { incident, events } => {
            Decision::Split { incident: incident.clone(), events: events.clone() }
        }
        DecideCommand::Reject { events } => Decision::Reject { events: events.clone() },
        DecideCommand::Review { incident, state } => {
            Decision::Review { incident: incident.clone(), state: state.clone() }
        }
        DecideCommand::Revoke { decision } => Decision::Revoke { decision: *decision },
    };
    let number = archive.decide(&decision, &args.by, args.note.as_deref(), Timestamp::now())?;
    println!("decision {number}");
    Ok(Outcome::Done)
}
