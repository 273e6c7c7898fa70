//! `maydani serve`: the archive in the browser, and for programs.

use std::sync::Arc;

use anyhow::Context;
use maydani_server::{Server, Settings};

use super::archive_maintain::existing;
use crate::exit::Outcome;
use crate::knowledge::Knowledge;
use crate::serve_args::ServeArgs;

pub(crate) fn run(args: &ServeArgs, archive: &str) -> anyhow::Result<Outcome> {
    drop(existing(archive)?);
    let coder = Arc::new(Knowledge::load(&args.knowledge)?.into_coder());
    let settings = Settings {
        archive: archive.to_owned(),
        listen: args.listen,
        tiles: args.tiles.clone(),
        origins: args.allow_origin.clone(),
        coder,
    };
    let server = Server::start(settings)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("the program's threads could not be started")?;
    runtime.block_on(server.run(|address| eprintln!("http://{address}/  (Ctrl-C stops)"), async {
        if let Err(error) = stopped().await {
            eprintln!("maydani: signals cannot be waited for: {error}; end the program by its number");
            std::future::pending::<()>().await;
        }
    }))?;
    // Exports that nobody fetches any more are not waited for.
    runtime.shutdown_timeout(std::time::Duration::from_secs(1));
    Ok(Outcome::Done)
}

/// Waits for Ctrl-C or the system's request to end.
async fn stopped() -> std::io::Result<()> {
    #[cfg(unix)]
    {
        let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
        tokio::select! {
            pressed = tokio::signal::ctrl_c() => pressed,
            _ = terminate.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}
