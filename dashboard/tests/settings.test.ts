/** Settings: how they are read, changed and told. */
import { describe, expect, it } from "vitest";
import { changeLines, valuesBefore } from "../src/pages/settings/changeLines";
import { changesIn, problemAt, without } from "../src/pages/settings/drafts";
import { flagNote } from "../src/pages/settings/Flags";
import { formOf, read, textOf } from "../src/pages/settings/forms";
import { sectionsOf } from "../src/pages/settings/sections";
import { settingWords, valueWords } from "../src/pages/settings/settingWords";
import type { SettingsChange, SettingShown, SettingsGroup } from "../src/pages/settings/types";

function setting(name: string, value: unknown, more: Partial<SettingShown> = {}): SettingShown {
  return { name, value, default: value, source: "default", about: null, range: null, ...more } as SettingShown;
}

const stop = setting("stop_loss_percent", "50", { range: ["1", "100"] });

describe("forms", () => {
  it.each([
    ["trailing_stop_enabled", true, "switch"],
    ["min_dte_exit", 1, "whole"],
    ["stop_loss_percent", "50", "amount"],
    ["fill_model", "mid", "choice"],
    ["allowed_symbols", ["SPY"], "list"],
    ["sizing", { quantity: 1 }, "sizing"],
    ["weights", {}, "weights"],
  ])("%s is edited by its kind", (name, value, kind) => {
    expect(formOf(setting(name, value))).toBe(kind);
  });

  it.each([
    [stop, "12.5", "12.5"],
    [setting("min_dte_exit", 1), " 3 ", 3],
    [setting("trailing_stop_enabled", true), "false", false],
    [setting("allowed_symbols", ["SPY"]), "spy, qqq;SPY iwm", ["SPY", "QQQ", "IWM"]],
    [setting("sizing", { quantity: 1 }), "premium_budget 500", { premium_budget: "500" }],
    [setting("sizing", { quantity: 1 }), "quantity 2", { quantity: 2 }],
    [setting("weights", {}), "technical 40, gamma: 10", { technical: 40, gamma: 10 }],
  ])("reads what is typed", (of, text, value) => {
    expect(read(of, text)).toEqual({ value });
  });

  it.each([
    [stop, "half", "must be a number"],
    [stop, "101", "must be 1 to 100"],
    [stop, "", "must be a number"],
    [setting("min_dte_exit", 1), "1.5", "must be a whole number"],
    [setting("sizing", { quantity: 1 }), "quantity 1.5", "must be a whole number"],
    [setting("weights", {}), "technical", "must be an agent"],
  ])("says what is wrong with what is typed", (of, text, problem) => {
    expect(read(of, text).problem).toContain(problem);
  });

  it("shows a value as text that reads as the same value", () => {
    for (const value of [["IWM", "SPY"], { quantity: 3 }, { premium_budget: "250.5" }]) {
      const of = setting(Array.isArray(value) ? "allowed_symbols" : "sizing", value);
      expect(read(of, textOf(value))).toEqual({ value });
    }
  });
});

describe("drafts", () => {
  it("hold only what differs", () => {
    expect(changesIn([stop], { stop_loss_percent: "50" }).values).toEqual({});
    expect(changesIn([stop], { stop_loss_percent: "40", other: "1" }).values).toEqual({ stop_loss_percent: "40" });
  });

  it("take a value out of the table with null, if it stands there", () => {
    const own = { ...stop, source: "table" as const };
    expect(changesIn([own], { stop_loss_percent: null }).values).toEqual({ stop_loss_percent: null });
    expect(changesIn([stop], { stop_loss_percent: null }).values).toEqual({});
  });

  it("tell what can't be read by its field", () => {
    expect(changesIn([stop], { stop_loss_percent: "0" }).problems[0]?.field).toBe("stop_loss_percent");
  });

  it("lose what was saved and keep the rest", () => {
    expect(without({ stop_loss_percent: "1", sizing: "quantity 2" }, [stop])).toEqual({ sizing: "quantity 2" });
  });

  it("find a problem of a part of a value", () => {
    expect(problemAt([{ field: "weights.gamma", message: "too heavy" }], "weights")).toBe("too heavy");
    expect(problemAt([{ field: "stop_loss_percent", message: "no" }], "stop_loss")).toBeUndefined();
  });
});

describe("sections", () => {
  const names = ["allowed_symbols", "fee_per_contract_usd", "fill_fraction", "sec_fee_rate", "sizing", "stop_fill_model", "options_regulatory_fee_usd", "entries_enabled"];
  const group = { kind: "trading_rules", settings: names.map((name) => setting(name, "1")) } as SettingsGroup;

  it("hold every setting exactly once", () => {
    const shown = sectionsOf(group).flatMap((section) => section.settings.map(({ name }) => name));
    expect(shown.sort()).toEqual([...names].sort());
  });

  it("are named and ordered", () => {
    expect(sectionsOf(group).map(({ title }) => title)).toEqual(["Trading rules", "Sizing", "Fill model", "Fees"]);
    expect(sectionsOf(group)[0]?.settings.map(({ name }) => name)).toEqual(["entries_enabled", "allowed_symbols"]);
    expect(sectionsOf(group)[2]?.settings.map(({ name }) => name)).toEqual(["fill_fraction", "stop_fill_model"]);
  });
});

describe("words", () => {
  it("keep the field's words", () => {
    expect(settingWords("stop_loss_percent")).toBe("stop loss percent");
    expect(settingWords("min_dte_exit")).toBe("min DTE exit");
    expect(settingWords("max_positions_per_symbol_a")).toBe("max positions per symbol A");
  });

  it.each([
    ["stop_loss_percent", "12.5", "12.5\u00a0%"],
    ["max_daily_loss_usd", "1000", "$1,000.00"],
    ["entry_valid_s", 300, "300 s"],
    ["fresh_quote_age_ms_max", 15000, "15 s"],
    ["trailing_stop_enabled", false, "off"],
    ["fill_model", "mid_plus_fraction", "mid plus fraction"],
    ["allowed_symbols", ["SPY", "QQQ"], "SPY, QQQ"],
    ["sizing", { quantity: 2 }, "quantity 2"],
  ])("give %s its unit", (name, value, told) => {
    expect(valueWords(name, value)).toBe(told);
  });

  it("say why a flag can't be changed, or has no effect", () => {
    const flag = { flag: "enable_ttm_specialist", set: true, on: false, source: "table", needs: "enable_variant_b" } as const;
    expect(flagNote(flag)).toBe("Without effect until variant B is on.");
    expect(flagNote({ ...flag, source: "environment" })).toContain("environment");
  });
});

describe("changes", () => {
  const version = (number: number, values: Record<string, unknown>): SettingsChange => ({
    kind: "exit_rules", version: number, enabled: true, changed_by: "anna", changed_at: null, values,
  });

  it("are told by the version before", () => {
    const known = [version(2, { stop_loss_percent: "40" }), version(1, { stop_loss_percent: "45" })];
    expect(changeLines(known[0]!, known)).toEqual(["stop loss percent: 45\u00a0% → 40\u00a0%"]);
    expect(changeLines(known[1]!, known)).toEqual(["stop loss percent: default → 45\u00a0%"]);
  });

  it("name what they took out of the table", () => {
    const known = [version(2, {}), version(1, { min_dte_exit: 2 })];
    expect(changeLines(known[0]!, known)).toEqual(["min DTE exit: 2 → default"]);
  });

  it("show all values where the version before isn't known", () => {
    const known = [version(7, { min_dte_exit: 2 })];
    expect(valuesBefore(known[0]!, known)).toBeNull();
    expect(changeLines(known[0]!, known)).toEqual(["min DTE exit: 2"]);
  });
});
