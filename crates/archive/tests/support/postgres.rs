//! A PostgreSQL of the tests' own: a folder of its own, on loopback, gone afterwards.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// A cluster that runs until it is dropped.
pub(crate) struct Cluster {
    folder: tempfile::TempDir,
    data: PathBuf,
    programs: PathBuf,
    user: Option<String>,
    port: u16,
}

impl Cluster {
    /// Starts one; `Err` says why there is none.
    pub(crate) fn start() -> Result<Self, String> {
        let programs =
            programs().ok_or("no PostgreSQL server programs found; on Debian: apt-get install postgresql")?;
        let folder = tempfile::Builder::new().prefix("maydani-pg").tempdir().map_err(|error| error.to_string())?;
        let data = folder.path().join("data");
        let user = other_user();
        if let Some(user) = &user {
            run(Command::new("chown").arg(user).arg(folder.path()))?;
        }
        let port = TcpListener::bind("127.0.0.1:0")
            .and_then(|socket| socket.local_addr())
            .map_err(|error| error.to_string())?
            .port();
        let cluster = Self { folder, data, programs, user, port };
        run(cluster
            .program("initdb")
            .args(["--auth=trust", "--encoding=UTF8", "--locale=C", "--username=maydani", "--no-sync", "-D"])
            .arg(&cluster.data))?;
        let options = format!(
            "-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='{}' -c fsync=on",
            cluster.data.display()
        );
        let log = cluster.data.join("log");
        run(cluster
            .program("pg_ctl")
            .arg("start")
            .arg("-w")
            .arg("-D")
            .arg(&cluster.data)
            .arg("-l")
            .arg(log)
            .arg("-o")
            .arg(options))?;
        cluster.wait()?;
        Ok(cluster)
    }

    fn program(&self, name: &str) -> Command {
        self.as_user(&self.programs.join(name))
    }

    fn as_user(&self, path: &Path) -> Command {
        let mut command = match &self.user {
            // PostgreSQL refuses to run as root.
            Some(user) => {
                let mut command = Command::new("setpriv");
                command.args(["--reuid", user, "--regid", user, "--clear-groups"]).arg(path);
                command
            }
            None => Command::new(path),
        };
        command.current_dir(self.data.parent().unwrap_or(Path::new("/"))).env("LC_ALL", "C");
        command
    }

    fn wait(&self) -> Result<(), String> {
        let start = Instant::now();
        loop {
            match postgres::Client::connect(&self.address("postgres"), postgres::NoTls) {
                Ok(_) => return Ok(()),
                Err(error) if start.elapsed() > Duration::from_secs(30) => return Err(error.to_string()),
                Err(_) => std::thread::sleep(Duration::from_millis(50)),
            }
        }
    }

    fn address(&self, database: &str) -> String {
        format!("postgres://maydani@127.0.0.1:{}/{database}", self.port)
    }

    /// Takes encrypted connections from now on, with a certificate of its own for 127.0.0.1, and to the database
    /// `sealed` no others. Returns the certificate's file.
    pub(crate) fn encrypt(&self) -> Result<PathBuf, String> {
        let (certificate, key) = (self.data.join("server.crt"), self.data.join("server.key"));
        // As the server's user, who must own the key.
        let mut openssl = self.as_user(Path::new("openssl"));
        openssl.args(["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=maydani"]);
        openssl.args(["-addext", "subjectAltName=IP:127.0.0.1", "-addext", "basicConstraints=critical,CA:FALSE"]);
        run(openssl.arg("-out").arg(&certificate).arg("-keyout").arg(&key))?;
        let rules = self.data.join("pg_hba.conf");
        let others = std::fs::read_to_string(&rules).map_err(|error| error.to_string())?;
        let sealed = "hostssl sealed all 127.0.0.1/32 trust\nhostnossl sealed all 127.0.0.1/32 reject\n";
        std::fs::write(&rules, format!("{sealed}{others}")).map_err(|error| error.to_string())?;
        let settings = self.data.join("postgresql.conf");
        let given = std::fs::read_to_string(&settings).map_err(|error| error.to_string())?;
        std::fs::write(&settings, format!("{given}\nssl = on\n")).map_err(|error| error.to_string())?;
        run(self.program("pg_ctl").args(["restart", "-w", "-D"]).arg(&self.data))?;
        let copy = self.folder.path().join("root.crt");
        std::fs::copy(&certificate, &copy).map_err(|error| error.to_string())?;
        Ok(copy)
    }

    /// A new database.
    pub(crate) fn database(&self, name: &str) -> String {
        let mut client =
            postgres::Client::connect(&self.address("postgres"), postgres::NoTls).expect("the cluster is up");
        client.batch_execute(&format!("CREATE DATABASE {name}")).expect("the name is new");
        self.address(name)
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let _ = run(self.program("pg_ctl").args(["stop", "-m", "immediate", "-D"]).arg(&self.data));
    }
}

fn run(command: &mut Command) -> Result<(), String> {
    let output = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .and_then(std::process::Child::wait_with_output);
    match output {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => Err(format!("{command:?}: {}", String::from_utf8_lossy(&output.stderr))),
        Err(error) => Err(format!("{command:?}: {error}")),
    }
}

/// The newest installed server programs.
fn programs() -> Option<PathBuf> {
    let mut found: Vec<PathBuf> =
        std::fs::read_dir("/usr/lib/postgresql").ok()?.flatten().map(|entry| entry.path().join("bin")).collect();
    found.retain(|path| path.join("initdb").exists());
    found.sort();
    found.pop()
}

/// Whom to be instead of root.
fn other_user() -> Option<String> {
    let root = Command::new("id").arg("-u").output().ok().is_some_and(|output| output.stdout.starts_with(b"0\n"));
    root.then(|| "nobody".to_owned()).map(|nobody| {
        let known = Command::new("id").arg("postgres").output().ok().is_some_and(|output| output.status.success());
        if known { "postgres".to_owned() } else { nobody }
    })
}
