/** How the kinds of settings are laid out: some are shown in several sections, each with its own save. */
import type { SettingShown, SettingsGroup } from "./types";

export interface Section {
  title: string;
  kind: SettingsGroup["kind"];
  settings: SettingShown[];
}

interface Plan {
  title: string;
  /** Which settings belong here; the last plan of a kind takes what is left. */
  holds?: RegExp;
  /** What is asked for most stands first. */
  first?: readonly string[];
}

const PLANS: Readonly<Record<string, readonly Plan[]>> = {
  exit_rules: [
    {
      title: "Exit rules",
      first: [
        "stop_loss_percent",
        "profit_target_percent",
        "trailing_stop_enabled",
        "trailing_arm_percent",
        "trailing_give_back_percent",
        "trailing_break_even_percent",
        "max_hold_hours",
        "min_dte_exit",
        "price_gone_minutes",
      ],
    },
  ],
  risk_limits: [{ title: "Risk limits", first: ["max_daily_loss_usd", "max_open_positions"] }],
  trading_rules: [
    { title: "Sizing", holds: /^sizing$|^starting_capital_usd$/ },
    { title: "Fill model", holds: /fill_/ },
    { title: "Fees", holds: /(^|_)fee_/ },
    { title: "Trading rules", first: ["entries_enabled", "allowed_symbols"] },
  ],
  strike_selection: [{ title: "Strike selection" }],
  committee: [{ title: "Committee", first: ["enter_at_points", "veto_above_points"] }],
  routing: [{ title: "Routing" }],
};

const ORDER = [
  "Exit rules",
  "Risk limits",
  "Trading rules",
  "Sizing",
  "Fill model",
  "Fees",
  "Strike selection",
  "Committee",
  "Routing",
];

/** A kind's sections; flags have a page of their own. */
export function sectionsOf(group: SettingsGroup): Section[] {
  const { kind } = group;
  let left = group.settings;
  const sections = (PLANS[kind] ?? []).map(({ title, holds, first = [] }) => {
    const own = holds ? left.filter(({ name }) => holds.test(name)) : left;
    left = left.filter((setting) => !own.includes(setting));
    return { title, kind, settings: inOrder(own, first) };
  });
  return sections.sort((one, other) => ORDER.indexOf(one.title) - ORDER.indexOf(other.title));
}

function inOrder(settings: readonly SettingShown[], first: readonly string[]): SettingShown[] {
  const at = ({ name }: SettingShown) => (first.includes(name) ? first.indexOf(name) : first.length);
  return [...settings].sort((one, other) => at(one) - at(other));
}
