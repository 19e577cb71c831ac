//! The configuration: parsed from the environment once, at the start, with every problem named
//! at once. After that the types carry the rules.

mod document;
mod engine_b;
mod exit_rules;
mod market;
mod providers;
mod reader;
mod strikes;
mod table;
mod variables;

use std::collections::BTreeSet;
use std::fmt;
use std::net::IpAddr;

use domain::settings::{RiskLimits, SettingsVersions, TradingRules};
use domain::{FillModel, FlagOverrides, Flags, Percent, Settings, Symbol, Usd};
use secrecy::SecretString;

pub use document::markdown_tables;
pub use market::{MarketChoice, SimulatedHours};
pub use providers::{KeysError, ProviderChoice, ProviderKeys, ProviderPlace};
pub use reader::Problem;
pub use table::VARIABLES;
pub use variables::{Fate, Form, Variable};

use crate::environment::Environment;
use reader::Reader;

/// A shorter secret could be guessed.
pub const SECRET_LENGTH_MIN: usize = 16;
/// The same of a key to HMAC-SHA256 (RFC 7518, 3.2), which signs sessions.
pub const SESSION_SECRET_LENGTH_MIN: usize = 32;

/// Who may send alerts.
#[derive(Debug, Clone, Default)]
pub struct WebhookAccess {
    /// The secret, when the environment has it; in the cloud it comes from Secrets Manager.
    pub secret: Option<SecretString>,
    /// Accept alerts without authentication.
    pub allow_unsigned: bool,
    /// Accept alerts from these addresses only; empty for any.
    pub source_addresses: BTreeSet<IpAddr>,
}

/// Everything that the environment settles.
#[derive(Debug, Clone)]
pub struct Configuration {
    /// Defaults with the environment laid over them; the settings table is laid over these.
    pub settings: Settings,
    /// The flags that hold whatever the table says.
    pub flags: FlagOverrides,
    /// Who may send alerts.
    pub webhook: WebhookAccess,
    /// What signs the dashboard's sessions, when the environment has it.
    pub session_secret: Option<SecretString>,
    /// Where prices come from.
    pub market: MarketChoice,
    /// Port of the local stack's HTTP API.
    pub port: u16,
}

/// All that is wrong with the environment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigurationError {
    /// Each variable with its problem.
    pub problems: Vec<Problem>,
}

impl std::error::Error for ConfigurationError {}

impl fmt::Display for ConfigurationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the configuration can't be used:")?;
        self.problems
            .iter()
            .try_for_each(|problem| write!(f, "\n  {}: {}", problem.variable, problem.message))
    }
}

impl Configuration {
    /// Reads the configuration, or names every variable that is wrong.
    pub fn parse(environment: &Environment) -> Result<Self, ConfigurationError> {
        let (reader, mut problems) = Reader::checked(environment);
        let webhook = webhook(&reader, &mut problems);
        let session_secret = secret(
            &reader,
            "JWT_SECRET",
            SESSION_SECRET_LENGTH_MIN,
            &mut problems,
        );
        let flags = engine_b::flags(&reader);
        problems.extend(engine_b::flag_problems(flags));
        let settings = Settings {
            exit_rules: exit_rules::over_defaults(&reader),
            risk_limits: risk_limits(&reader),
            trading_rules: trading_rules(&reader, &mut problems),
            strike_selection: Box::new(strikes::selection(&reader)),
            committee: Box::new(engine_b::committee(&reader)),
            flags: flags.over(Flags::default()),
            routing: engine_b::routing(&reader),
            experiment: None,
            versions: SettingsVersions::default(),
        };
        if problems.is_empty() {
            problems.extend(settings.problems().into_iter().map(|problem| Problem {
                variable: problem.field.to_owned(),
                message: problem.message,
            }));
        }
        if !problems.is_empty() {
            return Err(ConfigurationError { problems });
        }
        let port = reader
            .whole("PORT")
            .and_then(|port| u16::try_from(port).ok())
            .unwrap_or(3_000);
        Ok(Self {
            settings,
            flags,
            webhook,
            session_secret,
            market: market::choice(&reader),
            port,
        })
    }
}

fn webhook(reader: &Reader<'_>, problems: &mut Vec<Problem>) -> WebhookAccess {
    let variable = "TRADINGVIEW_WEBHOOK_SECRET";
    let secret = secret(reader, variable, SECRET_LENGTH_MIN, problems);
    WebhookAccess {
        secret,
        allow_unsigned: reader.flag("ALLOW_UNSIGNED_WEBHOOKS").unwrap_or(false),
        source_addresses: list(reader, "WEBHOOK_SOURCE_ADDRESSES", problems).unwrap_or_default(),
    }
}

/// A secret that can't be guessed, if there is one.
fn secret(
    reader: &Reader<'_>,
    variable: &str,
    length_min: usize,
    problems: &mut Vec<Problem>,
) -> Option<SecretString> {
    let secret = reader.text(variable)?;
    if secret.len() < length_min {
        problems.push(Problem {
            variable: variable.to_owned(),
            message: format!("must have at least {length_min} characters"),
        });
    }
    Some(SecretString::from(secret))
}

fn risk_limits(reader: &Reader<'_>) -> RiskLimits {
    let default = RiskLimits::default();
    let usd = |name, or: Usd| reader.amount(name).map_or(or, Usd);
    let whole = |name, or| reader.whole(name).unwrap_or(or);
    RiskLimits {
        max_position_size: whole("MAX_POSITION_SIZE", default.max_position_size),
        max_position_usd: usd("MAX_POSITION_USD", default.max_position_usd),
        max_total_exposure_usd: usd("MAX_TOTAL_EXPOSURE", default.max_total_exposure_usd),
        max_exposure_percent: reader
            .amount("MAX_EXPOSURE_PERCENT")
            .map_or(default.max_exposure_percent, Percent),
        max_open_positions: whole("MAX_OPEN_POSITIONS", default.max_open_positions),
        max_positions_per_symbol_a: whole(
            "MAX_POSITIONS_PER_SYMBOL",
            default.max_positions_per_symbol_a,
        ),
        max_positions_per_symbol_b: default.max_positions_per_symbol_b,
        max_daily_loss_usd: usd("MAX_DAILY_LOSS", default.max_daily_loss_usd),
    }
}

fn trading_rules(reader: &Reader<'_>, problems: &mut Vec<Problem>) -> TradingRules {
    let default = TradingRules::default();
    let usd = |name, or: Usd| reader.amount(name).map_or(or, Usd);
    TradingRules {
        allowed_symbols: list::<Symbol>(reader, "ALLOWED_SYMBOLS", problems)
            .unwrap_or(default.allowed_symbols),
        entry_valid_s: reader
            .whole("ENTRY_VALID_S")
            .unwrap_or(default.entry_valid_s),
        entry_dte_min: reader
            .whole("ENTRY_DTE_MIN")
            .unwrap_or(default.entry_dte_min),
        fill_model: fill_model(reader.text("FILL_MODEL")).unwrap_or(default.fill_model),
        stop_fill_model: fill_model(reader.text("STOP_FILL_MODEL"))
            .unwrap_or(default.stop_fill_model),
        fee_per_contract_usd: usd("FEE_PER_CONTRACT", default.fee_per_contract_usd),
        options_regulatory_fee_usd: usd(
            "OPTIONS_REGULATORY_FEE",
            default.options_regulatory_fee_usd,
        ),
        clearing_fee_usd: usd("CLEARING_FEE", default.clearing_fee_usd),
        audit_trail_fee_usd: usd("AUDIT_TRAIL_FEE", default.audit_trail_fee_usd),
        trading_activity_fee_usd: usd("TRADING_ACTIVITY_FEE", default.trading_activity_fee_usd),
        sec_fee_rate: reader
            .amount("SEC_FEE_RATE")
            .unwrap_or(default.sec_fee_rate),
        ..default
    }
}

fn fill_model(word: Option<&str>) -> Option<FillModel> {
    match word?.to_ascii_lowercase().as_str() {
        "mid" => Some(FillModel::Mid),
        "mid_plus_fraction" => Some(FillModel::MidPlusFraction),
        "touch" => Some(FillModel::Touch),
        _ => None,
    }
}

/// A list of values, separated by commas; each that can't be read is a problem of its own.
fn list<T: std::str::FromStr + Ord>(
    reader: &Reader<'_>,
    name: &str,
    problems: &mut Vec<Problem>,
) -> Option<BTreeSet<T>>
where
    T::Err: fmt::Display,
{
    let mut values = BTreeSet::new();
    for part in reader
        .text(name)?
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
    {
        match part.parse() {
            Ok(value) => _ = values.insert(value),
            Err(error) => problems.push(Problem {
                variable: name.to_owned(),
                message: format!("`{part}` {error}"),
            }),
        }
    }
    Some(values)
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::ExposeSecret;

    fn environment(pairs: &[(&str, &str)]) -> Environment {
        pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect()
    }

    fn problem_names(pairs: &[(&str, &str)]) -> Vec<String> {
        match Configuration::parse(&environment(pairs)) {
            Ok(_) => Vec::new(),
            Err(error) => error
                .problems
                .into_iter()
                .map(|problem| problem.variable)
                .collect(),
        }
    }

    #[test]
    fn an_empty_environment_gives_the_defaults() {
        let configuration = Configuration::parse(&Environment::default()).unwrap();
        assert_eq!(configuration.settings, Settings::default());
        assert!(!configuration.webhook.allow_unsigned);
    }

    #[test]
    fn every_default_of_the_table_is_the_type_s_own() {
        let spelled: Vec<_> = VARIABLES
            .iter()
            .filter(|variable| variable.fate == Fate::Read && variable.form != Form::Secret)
            .filter(|variable| !["WEBHOOK_SOURCE_ADDRESSES", "MARKET"].contains(&variable.name))
            .filter(|variable| !variable.default.is_empty())
            .map(|variable| (variable.name, variable.default))
            .collect();
        let configuration = Configuration::parse(&environment(&spelled)).unwrap();
        assert_eq!(configuration.settings, Settings::default());
        assert_eq!(configuration.port, 3_000);
    }

    #[test]
    fn a_key_makes_the_market_a_real_one() {
        let key = ("POLYGON_API_KEY", "some-key");
        let half = ("ALPACA_API_KEY", "half-a-pair");
        for (variables, kind) in [
            (vec![], "simulated"),
            (vec![key], "providers"),
            (vec![half], "simulated"),
            (vec![key, ("MARKET", "simulated")], "simulated"),
            (vec![("MARKET", "providers")], "providers"),
            (vec![key, ("MARKET", "recorded:bars")], "recorded"),
        ] {
            let market = Configuration::parse(&environment(&variables))
                .unwrap()
                .market;
            let found = match market {
                MarketChoice::Simulated { seed: 1, .. } => "simulated",
                MarketChoice::Simulated { .. } => "another seed",
                MarketChoice::Recorded { .. } => "recorded",
                MarketChoice::Providers(_) => "providers",
            };
            assert_eq!(found, kind, "{variables:?}");
        }
    }

    #[test]
    fn every_wrong_variable_is_named_at_once() {
        let names = problem_names(&[
            ("APP_MODE", "LIVE"),
            ("STOP_LOSS_PCT", "101"),
            ("MAX_OPEN_POSITIONS", "many"),
            ("ALLOWED_SYMBOLS", "SPY,ES1!"),
            ("TRADINGVIEW_WEBHOOK_SECRET", "short"),
            ("WEBHOOK_SOURCE_ADDRESSES", "somewhere"),
            ("ENABLE_VARIANT_B", "perhaps"),
            ("DATABASE_URL", "ignored"),
        ]);
        assert_eq!(
            names,
            [
                "APP_MODE",
                "STOP_LOSS_PCT",
                "MAX_OPEN_POSITIONS",
                "ENABLE_VARIANT_B",
                "TRADINGVIEW_WEBHOOK_SECRET",
                "WEBHOOK_SOURCE_ADDRESSES",
                "ALLOWED_SYMBOLS",
            ]
        );
    }

    #[test]
    fn each_range_is_held_on_both_sides() {
        for variable in VARIABLES
            .iter()
            .filter(|variable| variable.fate == Fate::Read)
        {
            let outside = match variable.form {
                Form::Whole(low, high) => vec![i64::from(low) - 1, i64::from(high) + 1],
                Form::Amount(low, high) => vec![low - 1, high + 1],
                _ => vec![],
            };
            for value in outside {
                let names = problem_names(&[(variable.name, &value.to_string())]);
                assert_eq!(names, [variable.name], "{} = {value}", variable.name);
            }
        }
    }

    #[test]
    fn both_spellings_are_read_and_the_first_wins() {
        let secret = |pairs: &[(&str, &str)]| {
            let configuration = Configuration::parse(&environment(pairs)).unwrap();
            configuration
                .webhook
                .secret
                .map(|text| text.expose_secret().to_owned())
        };
        let (first, second) = ("first-secret-of-16", "second-secret-of-16");
        assert_eq!(secret(&[("HMAC_SECRET", second)]).as_deref(), Some(second));
        assert_eq!(
            secret(&[
                ("HMAC_SECRET", second),
                ("TRADINGVIEW_WEBHOOK_SECRET", first)
            ])
            .as_deref(),
            Some(first)
        );
    }

    #[test]
    fn a_problem_never_shows_a_secret() {
        let error =
            Configuration::parse(&environment(&[("TRADINGVIEW_WEBHOOK_SECRET", "hunter2")]))
                .unwrap_err();
        assert!(!error.to_string().contains("hunter2"));
    }
}
