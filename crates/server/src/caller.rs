//! Who asks, and what he may do.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use maydani_archive::Role;

use crate::answer::Fault;

/// Who asks. The guard puts him into every request that it lets through to the API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Caller {
    pub(crate) name: String,
    pub(crate) role: Role,
}

impl Caller {
    /// Everybody, where there is no login.
    pub(crate) fn local() -> Self {
        Self { name: "local".to_owned(), role: Role::Administrator }
    }

    fn of(parts: &Parts, least: Role) -> Result<Self, Fault> {
        let caller = parts.extensions.get::<Self>().ok_or_else(Fault::login_required)?;
        if caller.role < least { Err(Fault::forbidden(least.word())) } else { Ok(caller.clone()) }
    }
}

macro_rules! role_extractor {
    ($($(#[$doc:meta])* $name:ident),*) => {$(
        $(#[$doc])*
        pub(crate) struct $name(pub(crate) Caller);

        impl<S: Sync> FromRequestParts<S> for $name {
            type Rejection = Fault;

            async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Fault> {
                Caller::of(parts, Role::$name).map(Self)
            }
        }
    )*};
}

role_extractor! {
    /// May look.
    Reader,
    /// May decide.
    Reviewer,
    /// May see to users.
    Administrator
}
