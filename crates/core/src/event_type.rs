//! The taxonomy of ACLED: event types and sub-event types.

use serde::{Deserialize, Serialize};

/// ACLED event types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum EventType {
    /// Two armed sides fight.
    Battles,
    /// One side uses explosives at a distance.
    #[serde(rename = "Explosions/Remote violence")]
    Explosions,
    /// Unarmed people attacked.
    #[serde(rename = "Violence against civilians")]
    ViolenceAgainstCivilians,
    /// Public, non-violent assembly.
    Protests,
    /// Violence by a crowd.
    Riots,
    /// Everything else that shapes the conflict.
    #[serde(rename = "Strategic developments")]
    Strategic,
}

macro_rules! sub_event_types {
    ($($(#[$doc:meta])* $name:ident $code:literal $group:ident),* $(,)?) => {
        /// ACLED sub-event types, by the codes used in files.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum SubEventType { $($(#[$doc])* #[serde(rename = $code)] $name),* }

        impl SubEventType {
            /// Every sub-event type, in the codebook's order.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The code used in files.
            #[must_use]
            pub const fn code(self) -> &'static str { match self { $(Self::$name => $code),* } }

            /// The event type it belongs to.
            #[must_use]
            pub const fn event_type(self) -> EventType { match self { $(Self::$name => EventType::$group),* } }
        }
    };
}

sub_event_types! {
    /// Two armed sides fight; no change of control.
    ArmedClash "armed_clash" Battles,
    /// A state's forces take a place by fighting.
    GovernmentRegainsTerritory "government_regains_territory" Battles,
    /// An armed group takes a place by fighting.
    NonStateOvertakesTerritory "non_state_overtakes_territory" Battles,
    /// Chemical agents used.
    ChemicalWeapon "chemical_weapon" Explosions,
    /// Aircraft, helicopters, drones.
    AirDroneStrike "air_drone_strike" Explosions,
    /// The attacker dies.
    SuicideBomb "suicide_bomb" Explosions,
    /// Artillery, mortars, rockets, missiles, tank and naval fire.
    ShellingArtilleryMissile "shelling_artillery_missile" Explosions,
    /// Mines, roadside and car bombs.
    RemoteExplosiveIed "remote_explosive_ied" Explosions,
    /// Hand grenades.
    Grenade "grenade" Explosions,
    /// Sexual violence.
    SexualViolence "sexual_violence" ViolenceAgainstCivilians,
    /// Unarmed people attacked, shot, executed, tortured to death.
    Attack "attack" ViolenceAgainstCivilians,
    /// Civilians abducted.
    Abduction "abduction_forced_disappearance" ViolenceAgainstCivilians,
    /// Peaceful protest.
    PeacefulProtest "peaceful_protest" Protests,
    /// Dispersed or arrested, not deadly.
    ProtestWithIntervention "protest_with_intervention" Protests,
    /// Live fire, deaths.
    ExcessiveForce "excessive_force_against_protesters" Protests,
    /// Violent demonstration.
    ViolentDemonstration "violent_demonstration" Riots,
    /// Mob violence.
    MobViolence "mob_violence" Riots,
    /// Ceasefire, truce, deal, prisoner exchange.
    Agreement "agreement" Strategic,
    /// Arrests by a state or de facto authority.
    Arrests "arrests" Strategic,
    /// Reinforcements, deployment, withdrawal, blockade, closing a crossing.
    ChangeToGroupActivity "change_to_group_activity" Strategic,
    /// A bomb defused, weapons seized, a missile intercepted.
    DisruptedWeaponsUse "disrupted_weapons_use" Strategic,
    /// A base or headquarters set up.
    HeadquartersEstablished "headquarters_or_base_established" Strategic,
    /// Looting, destruction or confiscation of property.
    LootingPropertyDestruction "looting_property_destruction" Strategic,
    /// A place changes hands without fighting.
    NonViolentTransfer "non_violent_transfer_of_territory" Strategic,
    /// Leaflets, propaganda, other.
    OtherStrategic "other_strategic" Strategic,
}

impl EventType {
    /// ACLED's label.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Battles => "Battles",
            Self::Explosions => "Explosions/Remote violence",
            Self::ViolenceAgainstCivilians => "Violence against civilians",
            Self::Protests => "Protests",
            Self::Riots => "Riots",
            Self::Strategic => "Strategic developments",
        }
    }
}

impl SubEventType {
    /// The sub-event type of a code, if it is one.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.code() == code)
    }
}
