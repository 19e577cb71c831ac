"""What a deployed stack uses of AWS in a month, and at which prices: the figures of docs/cost.md.

What the bench measured comes from docs/cost.json, what is there from the templates; what neither tells is
an assumption, and stands in ASSUMED.
"""

from dataclasses import dataclass

from cloudformation import of_type

PRICED = "November 2026"


@dataclass(frozen=True)
class Price:
    """US dollars in us-east-1 for `per` of something, of which `free` cost nothing each month, for good."""

    dollars: float
    per: int
    what: str
    free: float = 0

    def of(self, amount):
        return amount * self.dollars / self.per


MILLION, MINUTES, HOURS = 1_000_000, 30 * 24 * 60, 30 * 24
PRICES = {
    "write units": Price(0.625, MILLION, "DynamoDB, on demand: write units"),
    "read units": Price(0.125, MILLION, "DynamoDB, on demand: read units"),
    "stored GB": Price(0.25, 1, "DynamoDB: GB stored, a month", 25),
    "backed up GB": Price(0.20, 1, "DynamoDB: GB under point-in-time recovery, a month"),
    "SQS requests": Price(0.40, MILLION, "SQS: requests", MILLION),
    "invocations": Price(0.20, MILLION, "Lambda: invocations", MILLION),
    "GB-seconds": Price(13.33, MILLION, "Lambda on arm64: GB-seconds", 400_000),
    "HTTP requests": Price(1.00, MILLION, "HTTP API: requests"),
    "schedule starts": Price(1.00, MILLION, "EventBridge Scheduler: invocations", 14 * MILLION),
    "events": Price(1.00, MILLION, "EventBridge: events of one's own"),
    "mails": Price(2.00, 100_000, "SNS: mails", 1_000),
    "log GB": Price(0.50, 1, "CloudWatch Logs: GB taken in", 5),
    "traces": Price(5.00, MILLION, "X-Ray: traces recorded", 100_000),
    "alarm metrics": Price(0.10, 1, "CloudWatch: a metric that an alarm reads, a month", 10),
    "metrics": Price(0.30, 1, "CloudWatch: a metric of one's own, a month, by the hour", 10),
    "dashboards": Price(3.00, 1, "CloudWatch: a dashboard of more than 50 metrics, a month"),
    "secrets": Price(0.40, 1, "Secrets Manager: a secret, a month"),
}

SIGNALS_A_DAY, POSITIONS, TRADING_DAYS, SESSION_MINUTES = 100, 10, 21, 390
POLLERS, POLLS_A_MINUTE = 5, 3
LOG_KB, CALL_S, PASS_S, MEMORY_GB = 2.0, 0.005, 0.010, 0.25
EVENTS_A_SIGNAL, PASS_WRITES, MONTHS_KEPT = 2, 3, 12
ASSUMED = [
    f"{TRADING_DAYS} trading days of {SESSION_MINUTES} minutes in a month of 30 days. `SimulatedHours=always` is open five times as long.",
    "Each signal is traded and closed by an exit alert, the dearest life of those measured. Limits reject most of"
    f" {SIGNALS_A_DAY} a day in truth, and a rejected one costs less.",
    f"Lambda asks each queue with {POLLERS} pollers, each {POLLS_A_MINUTE} times a minute (waiting 20 s), also when nothing comes. AWS doesn't promise that.",
    f"An invocation writes {LOG_KB:g} KB of logs: Lambda's three lines, and one or two of ours with the metrics in them. The bench doesn't count log bytes.",
    "Every invocation is a trace of its own. X-Ray takes the first of each second and one in twenty beyond it, so at this pace it is nearly all of them.",
    f"A pass lasts {PASS_S * 1000:g} ms and {CALL_S * 1000:g} ms for each call to AWS. Where the bench tells no writes of a pass, it is one: that it passed.",
    f"{POSITIONS} positions cost a tenth of the measured 100, on as many contracts, in the first minute, in which all is written ([benchmarks.md](benchmarks.md)).",
    f"{EVENTS_A_SIGNAL} events for each signal, each a mail. A notification to a webhook would be 0.20 a million more, an alarm 0.10.",
    "Metrics of ours are there in every hour or in those of the session, as the table below has them; those of failures aren't there.",
    f"Storage is that after {MONTHS_KEPT} months. Evidence goes after 400 days.",
    "Not counted: open pages of the dashboard, which ask every few seconds; CloudFront, S3 and data transfer, cents at this size; providers, TradingView.",
]
# How many there are of each metric of ours, and when: each hour, in session, or when something fails.
EVERY_HOUR, IN_SESSION, ON_FAILURE = HOURS, TRADING_DAYS * 7, 0
METRICS = {
    "Pass": (3, EVERY_HOUR), "ReadUnits": (1, EVERY_HOUR), "WriteUnits": (1, EVERY_HOUR), "OldestMarkAgeMs": (1, IN_SESSION),
    "Signal": (4, IN_SESSION), "SignalToDecisionMs": (2, IN_SESSION), "SignalToFillMs": (2, IN_SESSION),
    "MessageAgeMs": (5, IN_SESSION), "ProviderRequest": (4, IN_SESSION), "ProviderLatencyMs": (4, IN_SESSION),
    "ProviderFailure": (4, IN_SESSION), "CacheHit": (1, IN_SESSION), "CacheMiss": (1, IN_SESSION),
    "BreakerOpened": (4, ON_FAILURE), "SweeperSent": (1, ON_FAILURE),
    "SweeperEnded": (1, ON_FAILURE), "InvocationFailed": (9, ON_FAILURE), "AlarmRaised": (3, ON_FAILURE),
    "SignalUnanswered": (1, ON_FAILURE),
}


@dataclass(frozen=True)
class Use:
    """So much of what has a price, and how it comes about."""

    what: str
    price: str
    amount: float
    how: str

    @property
    def dollars(self):
        return PRICES[self.price].of(self.amount)


def gb_seconds(life):
    """Of one signal: what the bench has as dollars for a million, less its invocations."""
    return (life["lambda_dollars"] - life["invocations"] * PRICES["invocations"].dollars) / PRICES["GB-seconds"].dollars


def beside(life):
    """Of one signal, what the bench leaves out."""
    invocations = life["invocations"]
    return [
        Use("logs", "log GB", invocations * LOG_KB / MILLION, f"{invocations:g} invocations x {LOG_KB:g} KB"),
        Use("traces", "traces", invocations, f"{invocations:g} invocations"),
        Use("events", "events", EVENTS_A_SIGNAL, f"{EVENTS_A_SIGNAL} events"),
    ]


def of_signals(figures):
    """A month's signals."""
    life, signals = figures["lives"][1], SIGNALS_A_DAY * TRADING_DAYS
    each = [
        ("writes", "write units", life["write_units"]), ("reads", "read units", life["read_units"]),
        ("messages", "SQS requests", life["sqs_requests"]), ("invocations", "invocations", life["invocations"]),
        ("time of functions", "GB-seconds", gb_seconds(life)), ("alerts", "HTTP requests", life["http_dollars"]),
    ]
    uses = [Use(what, price, amount * signals, f"{signals:,} x {amount:.4g}") for what, price, amount in each]
    uses += [Use(it.what, it.price, it.amount * signals, f"{signals:,} x {it.how}") for it in beside(life)]
    kept_gb = signals * MONTHS_KEPT * figures["stored_kb"] / MILLION
    how = f"{signals:,} x {MONTHS_KEPT} months x {figures['stored_kb']:.0f} KB"
    mails = signals * EVENTS_A_SIGNAL
    return uses + [
        Use("mails", "mails", mails, f"{signals:,} x {EVENTS_A_SIGNAL} events"),
        Use("storage", "stored GB", kept_gb, how), Use("backups", "backed up GB", kept_gb, how),
    ]


def of_positions(figures):
    """What a month's minutes in session cost for the open positions, beside the passes."""
    held, minutes = figures["held_minute"], TRADING_DAYS * SESSION_MINUTES
    share = POSITIONS / held["positions"]
    span = f"{minutes:,} minutes"
    return [
        Use("writes", "write units", minutes * share * held["write_units"], f"{span} x {POSITIONS}/{held['positions']} x {held['write_units']:g}"),
        Use("reads", "read units", minutes * share * held["read_units"], f"{span} x {POSITIONS}/{held['positions']} x {held['read_units']:g}"),
        Use("pages handed over", "SQS requests", minutes * 3, f"{span} x a send, a receipt, a deletion"),
        Use("invocations", "invocations", minutes, f"{span} x one page"),
        Use("time of functions", "GB-seconds", minutes * share * held["calls"] * CALL_S * MEMORY_GB,
            f"{span} x {POSITIONS}/{held['positions']} x {held['calls']:g} calls x {CALL_S * 1000:g} ms x {MEMORY_GB:g} GB"),
        Use("logs", "log GB", minutes * LOG_KB / MILLION, f"{span} x {LOG_KB:g} KB"),
        Use("traces", "traces", minutes, f"{span} x one page"),
    ]


def idle(figures, template):
    """What is paid though nothing happens."""
    minute, passes = figures["idle_minute"], MINUTES * template.schedules
    times = f"{MINUTES:,} minutes x {template.schedules} schedules"
    seconds = MINUTES * minute["calls"] * CALL_S + passes * PASS_S
    on = sum(count * hours / HOURS for count, hours in METRICS.values())
    return [
        Use("alarms", "alarm metrics", template.alarm_metrics, f"{template.alarms} alarms read {template.alarm_metrics} metrics"),
        Use("metrics of ours", "metrics", on, "; ".join(metrics_by_hours())),
        Use("CloudWatch dashboard", "dashboards", 1, "one, with more than 50 metrics"),
        Use("secrets", "secrets", template.secrets, f"{template.secrets} secrets"),
        Use("asking the queues", "SQS requests", MINUTES * template.pollings * POLLERS * POLLS_A_MINUTE,
            f"{MINUTES:,} minutes x {template.pollings} queues x {POLLERS} pollers x {POLLS_A_MINUTE}"),
        Use("starts by schedule", "schedule starts", passes, times),
        Use("passes", "invocations", passes, times),
        Use("time of passes", "GB-seconds", seconds * MEMORY_GB,
            f"{MINUTES:,} minutes x ({minute['calls']:g} calls x {CALL_S * 1000:g} ms + {template.schedules} x {PASS_S * 1000:g} ms) x {MEMORY_GB:g} GB"),
        Use("reads of passes", "read units", MINUTES * minute["read_units"], f"{MINUTES:,} minutes x {minute['read_units']:g}"),
        Use("writes of passes", "write units", MINUTES * minute.get("write_units", PASS_WRITES), f"{MINUTES:,} minutes x {minute.get('write_units', PASS_WRITES):g}"),
        Use("logs of passes", "log GB", passes * LOG_KB / MILLION, f"{times} x {LOG_KB:g} KB; the {template.log_groups} log groups themselves are free"),
        Use("traces of passes", "traces", passes, times),
    ]


def metrics_by_hours():
    for hours in (EVERY_HOUR, IN_SESSION):
        yield f"{sum(count for count, its in METRICS.values() if its == hours)} x {hours}/{HOURS} hours"


class Template:
    """What of the templates is paid for while nothing happens."""

    def __init__(self, outer, observability):
        functions = of_type(outer, "AWS::Serverless::Function").values()
        events = [event["Type"] for it in functions for event in it["Events"].values()]
        alarms = of_type(observability, "AWS::CloudWatch::Alarm").values()
        self.schedules, self.pollings = events.count("ScheduleV2"), events.count("SQS")
        self.secrets = len(of_type(outer, "AWS::SecretsManager::Secret"))
        self.log_groups = len(of_type(outer, "AWS::Logs::LogGroup"))
        self.alarms = len(alarms)
        self.alarm_metrics = sum(len([m for m in it.get("Metrics", [1]) if m == 1 or "MetricStat" in m]) for it in alarms)
