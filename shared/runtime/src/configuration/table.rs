//! Every environment variable that Parallax reads, or that the system before it read:
//! its default, its range, and what became of it. `docs/configuration.md` is this table.

use super::variables::{Fate, Form, Variable};

const fn read(
    name: &'static str,
    form: Form,
    default: &'static str,
    meaning: &'static str,
) -> Variable {
    Variable {
        name,
        alias: None,
        form,
        default,
        fate: Fate::Read,
        meaning,
    }
}

const fn gone(name: &'static str, default: &'static str, meaning: &'static str) -> Variable {
    Variable {
        name,
        alias: None,
        form: Form::Text,
        default,
        fate: Fate::Replaced,
        meaning,
    }
}

const fn later(
    name: &'static str,
    form: Form,
    default: &'static str,
    meaning: &'static str,
) -> Variable {
    Variable {
        name,
        alias: None,
        form,
        default,
        fate: Fate::Later,
        meaning,
    }
}

const fn template(name: &'static str, meaning: &'static str) -> Variable {
    Variable {
        name,
        alias: None,
        form: Form::Text,
        default: "",
        fate: Fate::Template,
        meaning,
    }
}

const fn also(variable: Variable, alias: &'static str) -> Variable {
    Variable {
        alias: Some(alias),
        ..variable
    }
}

/// All of them.
#[rustfmt::skip]
pub const VARIABLES: &[Variable] = &[
    read("APP_MODE", Form::Choice(&["PAPER"]), "PAPER", "Paper trading is all there is: `LIVE` is refused at start."),
    // The webhook.
    also(read("TRADINGVIEW_WEBHOOK_SECRET", Form::Secret, "made at the first start of the local stack", "Signs and authenticates alerts. At least 16 characters. In the cloud it lives in Secrets Manager (`WEBHOOK_SECRET_ID`), not in the environment."), "HMAC_SECRET"),
    read("ALLOW_UNSIGNED_WEBHOOKS", Form::Flag, "false", "Accepts alerts without any authentication. For trying things on one's own machine only."),
    read("WEBHOOK_SOURCE_ADDRESSES", Form::Text, "any", "Accept alerts from these addresses only, separated by commas."),
    // The dashboard.
    read("JWT_SECRET", Form::Secret, "made at the first start of the local stack", "Signs the dashboard's sessions. At least 32 characters. In the cloud it lives in Secrets Manager (`JWT_SECRET_ID`), not in the environment."),
    // Exit rules.
    read("PROFIT_TARGET_PCT", Form::Amount(1, 1_000), "50", "Profit target in percent of the premium (`profit_target_percent`)."),
    read("STOP_LOSS_PCT", Form::Amount(1, 100), "50", "Stop loss in percent of the premium (`stop_loss_percent`)."),
    read("TIME_STOP_DTE", Form::Whole(0, 60), "1", "Close when so few days to expiration are left (`min_dte_exit`)."),
    read("MAX_HOLD_DAYS", Form::Whole(1, 100), "5", "Close after so many days of 24 hours (`max_hold_hours`)."),
    read("PRICE_GONE_MINUTES", Form::Whole(2, 390), "30", "Close when no price could be had for so many minutes of a session (`price_gone_minutes`)."),
    read("TRAILING_STOP_ENABLED", Form::Flag, "false", "Whether the trailing stop closes, or is observed only (`trailing_stop_enabled`)."),
    read("TRAILING_ARM_PCT", Form::Amount(1, 1_000), "30", "The trailing stop holds once the peak's gain has reached so many percent of the premium (`trailing_arm_percent`)."),
    read("TRAILING_GIVE_BACK_PCT", Form::Amount(1, 99), "20", "From then on, close when the mid has fallen so many percent below its peak (`trailing_give_back_percent`)."),
    read("TRAILING_BREAK_EVEN_PCT", Form::Amount(1, 1_000), "50", "Once the peak's gain has reached so many percent, the trailing stop closes at the entry's price at the latest (`trailing_break_even_percent`)."),
    read("DELTA_DROP_ENABLED", Form::Flag, "true", "Whether a drop of delta closes, or is observed only (`delta_drop_enabled`)."),
    read("DELTA_DROP_PCT", Form::Amount(0, 100), "50", "Close when delta is below so many percent of the entry's (`delta_drop_percent`)."),
    read("DELTA_MIN_PCT", Form::Amount(0, 100), "15", "Close when delta is below so many hundredths: 15 stands for 0.15 (`delta_min_percent`)."),
    read("VOLATILITY_COLLAPSE_ENABLED", Form::Flag, "true", "Whether a collapse of the implied volatility closes, or is observed only (`volatility_collapse_enabled`)."),
    read("VOLATILITY_COLLAPSE_PCT", Form::Amount(0, 100), "80", "Close, in loss only, when the volatility is at most so many percent of the entry's (`volatility_collapse_percent`)."),
    read("VOLATILITY_LOSS_PCT", Form::Amount(1, 100), "15", "Close, in loss only, when the volatility's change has cost more than so many percent of the premium (`volatility_loss_percent`)."),
    read("GAMMA_DROP_ENABLED", Form::Flag, "false", "Whether a drop of gamma closes, or is observed only (`gamma_drop_enabled`)."),
    read("GAMMA_DROP_PCT", Form::Amount(0, 100), "40", "Close, in gain only, when gamma is below so many percent of the entry's (`gamma_drop_percent`)."),
    read("THETA_DECAY_ENABLED", Form::Flag, "false", "Whether decay closes, or is observed only (`theta_decay_enabled`)."),
    read("THETA_DECAY_PCT", Form::Amount(1, 1_000), "15", "Close when a day costs more than so many percent of the mid (`theta_decay_percent`)."),
    read("THETA_QUIET_PCT", Form::Amount(1, 1_000), "10", "The same, only while gain and loss are below so many percent of the premium (`theta_quiet_percent`)."),
    read("EXIT_CONFIRMATIONS", Form::Whole(1, 20), "2", "So many readings in a row have to say the same of the Greeks (`exit_confirmations`)."),
    read("EXIT_CONFIRMATION_GAP_S", Form::Whole(1, 600), "30", "Readings count when their prices lie so many seconds apart (`exit_confirmation_gap_s`)."),
    // Risk limits.
    read("MAX_POSITION_SIZE", Form::Whole(1, 100), "10", "Contracts in one position (`max_position_size`)."),
    read("MAX_POSITION_USD", Form::Amount(1, 1_000_000), "1000", "Premium of one position in US dollars (`max_position_usd`)."),
    read("MAX_TOTAL_EXPOSURE", Form::Amount(1, 100_000_000), "10000", "Premium of all positions of an engine in US dollars (`max_total_exposure_usd`)."),
    read("MAX_EXPOSURE_PERCENT", Form::Amount(1, 100), "20", "The same in percent of the starting capital; the lower of the two holds."),
    read("MAX_OPEN_POSITIONS", Form::Whole(1, 100_000), "10", "Open and pending positions of an engine. (The older system had 5 here and 10 in its rules; 10 holds.)"),
    read("MAX_POSITIONS_PER_SYMBOL", Form::Whole(1, 100_000), "1", "Open and pending positions of Engine A in one symbol."),
    read("MAX_DAILY_LOSS", Form::Amount(1, 100_000_000), "1000", "Net loss of a day in US dollars at which an engine stops entering until the next session."),
    // Trading rules.
    read("ALLOWED_SYMBOLS", Form::Text, "SPY,QQQ,IWM,AAPL,MSFT,NVDA,AMZN,META,GOOGL,TSLA", "Symbols that may be entered, separated by commas."),
    read("ENTRY_VALID_S", Form::Whole(10, 3_600), "300", "Seconds from the alert's receipt after which an entry is too late."),
    read("ENTRY_DTE_MIN", Form::Whole(0, 365), "7", "Days to expiration that an entry's contract has at least; must exceed `TIME_STOP_DTE`."),
    read("FILL_MODEL", Form::Choice(&["mid", "mid_plus_fraction", "touch"]), "mid", "How a fill's price is taken from the quote."),
    read("STOP_FILL_MODEL", Form::Choice(&["mid", "mid_plus_fraction", "touch"]), "mid", "The same for exits by the stop."),
    read("FEE_PER_CONTRACT", Form::Amount(0, 100), "0.65", "The broker's commission on a contract, each way, in US dollars (`fee_per_contract_usd`)."),
    read("OPTIONS_REGULATORY_FEE", Form::Amount(0, 10), "0", "The exchanges' options regulatory fee (ORF) on a contract, each way, in US dollars; about 0.02 to 0.03."),
    read("CLEARING_FEE", Form::Amount(0, 10), "0", "The clearing house's fee (OCC) on a contract, each way, in US dollars; 0.025 since 2025."),
    read("AUDIT_TRAIL_FEE", Form::Amount(0, 10), "0", "The consolidated audit trail's fee (CAT) on a contract, each way, in US dollars; small."),
    read("TRADING_ACTIVITY_FEE", Form::Amount(0, 10), "0", "FINRA's trading activity fee (TAF) on a contract that is sold, in US dollars; 0.00279 in 2025."),
    read("SEC_FEE_RATE", Form::Amount(0, 1), "0", "The SEC's share of the proceeds of a sale: 0.0000206 is $20.60 of a million."),
    // Strike selection.
    read("STRIKE_DELTA_TARGET", Form::Amount(0, 1), "0.45", "Delta, without its sign, that fits best (`delta_target`); between the two bounds."),
    read("STRIKE_DELTA_MIN", Form::Amount(0, 1), "0.30", "Least delta that is bought (`delta_min`)."),
    read("STRIKE_DELTA_MAX", Form::Amount(0, 1), "0.60", "Largest delta that is bought (`delta_max`)."),
    read("STRIKE_SPREAD_MAX_PCT", Form::Amount(0, 200), "10", "Widest spread in percent of the mid (`spread_max_percent`)."),
    read("STRIKE_OPEN_INTEREST_MIN", Form::Whole(0, 1_000_000), "500", "Contracts that have to be held (`open_interest_min`)."),
    read("STRIKE_OPEN_INTEREST_MIN_INDEX_FUND", Form::Whole(0, 1_000_000), "1000", "The same of options on index funds: SPY, QQQ, IWM (`open_interest_min_index_fund`)."),
    read("STRIKE_VOLUME_MIN", Form::Whole(0, 1_000_000), "100", "Contracts that have to be traded today (`volume_min`)."),
    read("STRIKE_VOLUME_MIN_EARLY", Form::Whole(0, 1_000_000), "20", "The same before 10:30 Eastern time (`volume_min_early`)."),
    // Engine B.
    read("ENABLE_VARIANT_B", Form::Flag, "false", "The master switch of Engine B; `false` here stops it whatever the table says."),
    read("ENABLE_ORB_SPECIALIST", Form::Flag, "false", "The opening range specialist votes. Needs `ENABLE_VARIANT_B`, as do the next four."),
    read("ENABLE_STRAT_SPECIALIST", Form::Flag, "false", "The Strat specialist votes."),
    read("ENABLE_TTM_SPECIALIST", Form::Flag, "false", "The squeeze specialist votes."),
    read("ENABLE_SATYLAND_SUBAGENT", Form::Flag, "false", "The Satyland sub-agent votes."),
    read("ENABLE_SHADOW_EXECUTION", Form::Flag, "false", "What Engine B decides to enter is traded, on paper. Without it decisions are recorded and end there; split mode needs it."),
    read("EXPERIMENT_MODE", Form::Choice(&["split", "paired"]), "split", "Whether a signal goes to one engine, by its bucket, or to both (`mode` of the kind `routing`). A running experiment has its own."),
    read("AB_SPLIT_PERCENTAGE", Form::Whole(0, 100), "50", "Share of signals that Engine A gets in split mode (`split_percentage`). Without Engine B everything goes to A."),
    read("ENTER_AT_CONFIDENCE", Form::Whole(0, 100), "60", "The committee's confidence from which Engine B enters (`enter_at_points`)."),
    read("VETO_ABOVE_RISK_SCORE", Form::Whole(0, 100), "80", "The risk score above which the Risk agent vetoes (`veto_above_points`)."),
    read("AGENTS_DEADLINE_MS", Form::Whole(10, 2_500), "500", "Milliseconds after which agents that haven't answered are left out (`deadline_ms`)."),
    // The market.
    read("MARKET", Form::Market, "providers where there is a key to one, else simulated", "Where prices come from: a formula, providers of market data (docs/market-data.md), or the CSV files of a directory (README.md tells how they are named). The symbol is that of files whose names tell none."),
    read("SIMULATED_SEED", Form::Whole(0, u32::MAX), "1", "Another seed is another simulated market."),
    read("SIMULATED_HOURS", Form::Choice(&["always", "nyse"]), "always", "Whether the simulated market is open around the clock, or keeps the exchange's hours."),
    // Providers of market data.
    read("ALPACA_API_KEY", Form::Secret, "", "Key to Alpaca. In the cloud all keys live in Secrets Manager (`PROVIDER_KEYS_SECRET_ID`), not in the environment."),
    also(read("ALPACA_SECRET_KEY", Form::Secret, "", "Goes with `ALPACA_API_KEY`."), "ALPACA_API_SECRET"),
    read("ALPACA_DATA_URL", Form::Url, "", "Another address of Alpaca's market data."),
    read("ALPACA_BASE_URL", Form::Url, "", "Another address of Alpaca's trading API, which has the clock and the contracts; paper trading's is the default. Nothing is ever ordered there."),
    read("ALPACA_STOCK_FEED", Form::Choice(&["iex", "sip", "delayed_sip"]), "iex", "Which of Alpaca's stock prices our plan has."),
    read("ALPACA_OPTION_FEED", Form::Choice(&["indicative", "opra"]), "indicative", "Which of Alpaca's option prices our plan has."),
    read("ALPACA_REQUESTS_PER_MINUTE", Form::Whole(1, 100_000), "200", "Requests that Alpaca may get from all functions together in any minute."),
    also(read("POLYGON_API_KEY", Form::Secret, "", "Key to Massive (Polygon)."), "MASSIVE_API_KEY"),
    also(read("POLYGON_BASE_URL", Form::Url, "", "Another address of Massive."), "MASSIVE_BASE_URL"),
    also(read("POLYGON_REQUESTS_PER_MINUTE", Form::Whole(1, 100_000), "5", "Requests that Massive may get in any minute. Paid plans have no limit: set it to some hundreds there."), "MASSIVE_REQUESTS_PER_MINUTE"),
    also(read("MARKET_DATA_API_KEY", Form::Secret, "", "Key to MarketData.app."), "MARKETDATA_API_TOKEN"),
    read("MARKET_DATA_BASE_URL", Form::Url, "", "Another address of MarketData.app."),
    read("MARKET_DATA_REQUESTS_PER_MINUTE", Form::Whole(1, 100_000), "100", "Requests that MarketData.app may get in any minute."),
    also(read("TWELVE_DATA_API_KEY", Form::Secret, "", "Key to Twelve Data."), "TWELVEDATA_API_KEY"),
    read("TWELVE_DATA_BASE_URL", Form::Url, "", "Another address of Twelve Data."),
    read("TWELVE_DATA_REQUESTS_PER_MINUTE", Form::Whole(1, 100_000), "8", "Credits that Twelve Data may be asked for in any minute: one for each symbol."),
    read("QUOTE_CACHE_S", Form::Whole(0, 15), "5", "Seconds for which a quote is kept. Fills and marks always ask anew."),
    // Running it.
    read("PORT", Form::Whole(0, 65_535), "3000", "Port of the local stack's HTTP API (the older system's default was 8080); 0 takes a free one."),
    read("LOG_LEVEL", Form::LogLevel, "info", "`error`, `warn`, `info`, `debug` or `trace`, or a filter such as `info,storage=debug`."),
    // Set by template.yaml.
    template("STACK_NAME", "Name of the stack, by which its metrics are told from another's."),
    template("LEDGER_TABLE", "Name of the ledger table."),
    template("EVIDENCE_TABLE", "Name of the evidence table."),
    template("MARKET_TABLE", "Name of the market table (marks)."),
    template("SETTINGS_TABLE", "Name of the settings table."),
    template("USERS_TABLE", "Name of the users table."),
    template("ENGINE_A_QUEUE_URL", "Queue of signals for Engine A."),
    template("ENGINE_B_QUEUE_URL", "Queue of signals for Engine B."),
    template("ORDERS_QUEUE_URL", "Queue of approved assignments."),
    template("FILLS_QUEUE_URL", "Queue of orders to fill."),
    template("EXITS_QUEUE_URL", "Queue by which the refresher hands over to the exit monitor."),
    template("ENGINE_A_DEAD_LETTERS_URL", "Dead letters of Engine A's queue."),
    template("ENGINE_B_DEAD_LETTERS_URL", "Dead letters of Engine B's queue."),
    template("ORDERS_DEAD_LETTERS_URL", "Dead letters of the queue of approved assignments."),
    template("FILLS_DEAD_LETTERS_URL", "Dead letters of the queue of orders to fill."),
    template("EXITS_DEAD_LETTERS_URL", "Dead letters of the exit monitor's queue."),
    template("WEBHOOK_SECRET_ID", "Name of the webhook's secret in Secrets Manager."),
    template("JWT_SECRET_ID", "Name of the secret that signs the dashboard's sessions."),
    template("ORIGIN_SECRET_ID", "Name of the secret by which the distribution before the dashboard's API proves itself."),
    template("PROVIDER_KEYS_SECRET_ID", "Name of the secret with the providers' keys: a JSON object with the names of the variables above."),
    // Accepted, with no effect yet.
    later("POLYGON_WS_ENABLED", Form::Flag, "false", "Streaming needs a process that stays; functions don't. It will have no effect."),
    later("REDIS_URL", Form::Secret, "", "An optional cache between the process and the market table."),
    // What the older system had.
    gone("DATABASE_URL", "", "The state lives in DynamoDB; template.yaml names the tables."),
    gone("NODE_ENV", "development", "There is no Node.js process."),
    gone("SIGNAL_PROCESSOR_INTERVAL", "30000", "Nothing polls: a signal's message starts Engine A."),
    gone("ORDER_CREATOR_INTERVAL", "30000", "Nothing polls: an approval's message starts the order creator."),
    gone("PAPER_EXECUTOR_INTERVAL", "10000", "Nothing polls: an order's message starts the paper executor."),
    gone("POSITION_REFRESHER_INTERVAL", "60000", "The schedule in template.yaml: every minute."),
    gone("EXIT_MONITOR_INTERVAL", "60000", "After every refresh, and the schedule in template.yaml: every minute."),
];
