//! GeoNames' country files over HTTP.

use std::io::{Cursor, Read};
use std::time::Duration;

use anyhow::{Context, bail};

/// The largest country file is below 100 MB packed and 500 MB unpacked.
const MOST: u64 = 1 << 29;
const PATIENCE: Duration = Duration::from_secs(600);

/// The file of a country, in GeoNames' layout: `ADDRESS/SY.zip`, or `ADDRESS/SY.txt` where there is no such file.
pub(crate) fn country(address: &str, country: &str) -> anyhow::Result<String> {
    let address = address.trim_end_matches('/');
    let agent: ureq::Agent =
        ureq::Agent::config_builder().http_status_as_error(false).timeout_global(Some(PATIENCE)).build().into();
    let packed = format!("{address}/{country}.zip");
    if let Some(bytes) = get(&agent, &packed)? {
        return unpack(&bytes, country).with_context(|| packed);
    }
    let plain = format!("{address}/{country}.txt");
    match get(&agent, &plain)? {
        Some(bytes) => String::from_utf8(bytes).ok().with_context(|| format!("{plain}: not UTF-8")),
        None => bail!("{packed}: not found; is {country} an ISO country code, and the address right?"),
    }
}

/// The bytes at an address; none where there is nothing.
fn get(agent: &ureq::Agent, address: &str) -> anyhow::Result<Option<Vec<u8>>> {
    let mut answer = agent.get(address).call().with_context(|| address.to_owned())?;
    match answer.status().as_u16() {
        200 => {}
        404 => return Ok(None),
        status => bail!("{address}: the server answered {status}; try again later"),
    }
    let bytes = answer.body_mut().with_config().limit(MOST).read_to_vec().with_context(|| address.to_owned())?;
    Ok(Some(bytes))
}

fn unpack(bytes: &[u8], country: &str) -> anyhow::Result<String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).context("not a zip file")?;
    let name = format!("{country}.txt");
    let file = archive.by_name(&name).with_context(|| format!("no {name} in it"))?;
    let mut text = String::new();
    // What the archive says of a size is not believed.
    file.take(MOST).read_to_string(&mut text).context("cannot be unpacked")?;
    Ok(text)
}
