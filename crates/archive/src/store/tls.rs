//! Encrypted connections to PostgreSQL: `sslmode` and `sslrootcert` of the address, as psql reads them.

use std::error::Error;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use postgres::tls::{ChannelBinding, MakeTlsConnect, TlsConnect, TlsStream};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio_rustls::rustls::client::WebPkiServerVerifier;
use tokio_rustls::rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use tokio_rustls::rustls::crypto::{
    CryptoProvider, ring, verify_tls12_signature as tls12, verify_tls13_signature as tls13,
};
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use tokio_rustls::rustls::{ClientConfig, DigitallySignedStruct, Error as TlsError, RootCertStore, SignatureScheme};
use tokio_rustls::{TlsConnector, client};

/// What an address asks of the connection.
pub(super) struct Encryption {
    /// The address, in the words that the client of PostgreSQL knows.
    pub(super) address: String,
    /// How to encrypt; nothing where the address forbids it.
    pub(super) connector: Option<Connector>,
}

impl Encryption {
    /// Reads `sslmode` (`disable`, `prefer`, `require`, `verify-full`) and `sslrootcert` (a file of certificates in PEM).
    /// Errors say what is wrong and what to write.
    pub(super) fn of(address: &str) -> Result<Self, String> {
        let (place, query) = address.split_once('?').unwrap_or((address, ""));
        let (mut mode, mut roots) = ("prefer".to_owned(), None);
        let mut others: Vec<&str> = Vec::new();
        for part in query.split('&').filter(|part| !part.is_empty()) {
            match form_urlencoded::parse(part.as_bytes()).next() {
                Some((key, value)) if key == "sslmode" => mode = value.into_owned(),
                Some((key, value)) if key == "sslrootcert" => roots = Some(value.into_owned()),
                _ => others.push(part),
            }
        }
        // As with psql: a certificate is checked where its issuer is named, or where the mode says so.
        let (known, connector) = match (mode.as_str(), &roots) {
            ("disable", _) => ("disable", None),
            ("prefer", _) => ("prefer", Some(Connector::unchecked()?)),
            ("require", None) => ("require", Some(Connector::unchecked()?)),
            ("require" | "verify-full", roots) => ("require", Some(Connector::checked(roots.as_deref())?)),
            (other, _) => {
                return Err(format!(
                    "sslmode `{other}` is not known; write `disable`, `prefer`, `require` or `verify-full`"
                ));
            }
        };
        let mode = format!("sslmode={known}");
        others.push(&mode);
        Ok(Self { address: format!("{place}?{}", others.join("&")), connector })
    }
}

/// Begins encrypted connections.
#[derive(Clone)]
pub(super) struct Connector(Arc<ClientConfig>);

impl Connector {
    fn with(provider: Arc<CryptoProvider>, verifier: Arc<dyn ServerCertVerifier>) -> Result<Self, String> {
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|error| error.to_string())?
            .dangerous()
            .with_custom_certificate_verifier(verifier)
            .with_no_client_auth();
        Ok(Self(Arc::new(config)))
    }

    /// Whoever listens on the way may answer: this keeps out those who only listen.
    fn unchecked() -> Result<Self, String> {
        let provider = Arc::new(ring::default_provider());
        Self::with(Arc::clone(&provider), Arc::new(AnyCertificate(provider)))
    }

    /// Certificate and host name are checked, against the certificates of a file or the authorities of the web.
    fn checked(file: Option<&str>) -> Result<Self, String> {
        let mut roots = RootCertStore::empty();
        match file {
            Some(file) => {
                let fault = |error: &dyn std::fmt::Display| {
                    format!("sslrootcert `{file}`: {error}; name a file of certificates in PEM")
                };
                for certificate in CertificateDer::pem_file_iter(file).map_err(|error| fault(&error))? {
                    let certificate = certificate.map_err(|error| fault(&error))?;
                    roots.add(certificate).map_err(|error| fault(&error))?;
                }
                if roots.is_empty() {
                    return Err(fault(&"it holds no certificate"));
                }
            }
            None => roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned()),
        }
        let provider = Arc::new(ring::default_provider());
        let verifier = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider))
            .build()
            .map_err(|error| error.to_string())?;
        Self::with(provider, verifier)
    }
}

impl<S> MakeTlsConnect<S> for Connector
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    type Stream = Encrypted<S>;
    type TlsConnect = ToHost;
    type Error = Box<dyn Error + Send + Sync>;

    fn make_tls_connect(&mut self, host: &str) -> Result<ToHost, Self::Error> {
        Ok(ToHost { config: Arc::clone(&self.0), host: ServerName::try_from(host)?.to_owned() })
    }
}

/// A connection to one host.
pub(super) struct ToHost {
    config: Arc<ClientConfig>,
    host: ServerName<'static>,
}

impl<S> TlsConnect<S> for ToHost
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    type Stream = Encrypted<S>;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = io::Result<Encrypted<S>>> + Send>>;

    fn connect(self, stream: S) -> Self::Future {
        let connection = TlsConnector::from(self.config).connect(self.host, stream);
        Box::pin(async { Ok(Encrypted(connection.await?)) })
    }
}

/// An encrypted connection.
pub(super) struct Encrypted<S>(client::TlsStream<S>);

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncRead for Encrypted<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_read(context, buffer)
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for Encrypted<S> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(context)
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> TlsStream for Encrypted<S> {
    fn channel_binding(&self) -> ChannelBinding {
        ChannelBinding::none()
    }
}

/// Takes any certificate, as psql does under `prefer` and `require`; that the server holds its key is still checked.
#[derive(Debug)]
struct AnyCertificate(Arc<CryptoProvider>);

impl ServerCertVerifier for AnyCertificate {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, TlsError> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, TlsError> {
        tls12(message, certificate, signed, &self.0.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, TlsError> {
        tls13(message, certificate, signed, &self.0.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::Encryption;

    #[test]
    fn addresses_say_how_to_encrypt() {
        let of = |address| Encryption::of(address).map(|made| (made.address, made.connector.is_some()));
        assert_eq!(of("postgres://h/d"), Ok(("postgres://h/d?sslmode=prefer".into(), true)));
        assert_eq!(
            of("postgres://h/d?connect_timeout=3&sslmode=disable"),
            Ok(("postgres://h/d?connect_timeout=3&sslmode=disable".into(), false))
        );
        assert_eq!(of("postgres://h/d?sslmode=verify-full"), Ok(("postgres://h/d?sslmode=require".into(), true)));
        assert!(of("postgres://h/d?sslmode=verify-ca").is_err_and(|what| what.contains("verify-full")));
        assert!(of("postgres://h/d?sslmode=require&sslrootcert=none.pem").is_err_and(|what| what.contains("none.pem")));
    }
}
