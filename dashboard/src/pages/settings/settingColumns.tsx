/** The columns of settings: what it is, its value, and where that comes from. */
import { Badge, type BadgeTone } from "../../components/Badge";
import { sentence } from "../../format/words";
import { type Column, textColumn } from "../../table/columns";
import { problemAt } from "./drafts";
import { rangeWords, textOf } from "./forms";
import { SettingInput } from "./SettingInput";
import { settingWords, valueWords } from "./settingWords";
import type { SettingShown } from "./types";
import type { KindDraft } from "./useKindDraft";

type SettingColumn = Column<SettingShown>;

const TONES: Readonly<Record<SettingShown["source"], BadgeTone>> = {
  default: "plain",
  environment: "warn",
  table: "accent",
};

const NAME: SettingColumn = textColumn("name", "Setting", (row) => settingWords(row.name), {
  csv: (row) => row.name,
  cell: (row) => (
    <>
      <label class="setting-name" for={`setting-${row.name}`}>{settingWords(row.name)}</label>
      {row.about && <span class="setting-about">{row.about.replaceAll("`", "")}</span>}
    </>
  ),
});

const DEFAULT: SettingColumn = textColumn("default", "Default", (row) => valueWords(row.name, row.default), {
  csv: (row) => textOf(row.default),
  isMinor: true,
});

const RANGE: SettingColumn = textColumn("range", "Limits", (row) => rangeWords(row.range), { isMinor: true });

function valueColumn(kind: KindDraft | null): SettingColumn {
  return textColumn("value", "Value", (row) => textOf(row.value), {
    cell: (row) => (kind ? <Edited of={row} kind={kind} /> : <strong>{valueWords(row.name, row.value)}</strong>),
  });
}

function Edited({ of, kind }: { of: SettingShown; kind: KindDraft }) {
  const drafted = kind.draft[of.name];
  const text = drafted ?? textOf(drafted === null ? of.default : of.value);
  const problem = problemAt(kind.problems, of.name);
  return (
    <div class="setting-value">
      <SettingInput
        of={of}
        text={text}
        describedBy={`about-${of.name}`}
        isWrong={problem !== undefined}
        onText={(next) => kind.set(of.name, next)}
      />
      <span id={`about-${of.name}`}>
        {problem && <span class="field-problem">{problem}</span>}
        {!problem && drafted !== undefined && <Pending of={of} isReset={drafted === null} />}
      </span>
    </div>
  );
}

function Pending({ of, isReset }: { of: SettingShown; isReset: boolean }) {
  return (
    <span class="muted small">
      {isReset ? "taken out of the table when saved" : `in force: ${valueWords(of.name, of.value)}`}
    </span>
  );
}

function sourceColumn(kind: KindDraft | null): SettingColumn {
  return textColumn("source", "From", (row) => row.source, {
    cell: (row) => (
      <span class="setting-source">
        <Badge tone={TONES[row.source]}>{sentence(row.source)}</Badge>
        {kind && row.source === "table" && kind.draft[row.name] !== null && (
          <button
            type="button"
            class="button button-small"
            aria-label={`Back to default: ${settingWords(row.name)}`}
            onClick={() => kind.set(row.name, null)}
          >
            Back to default
          </button>
        )}
      </span>
    ),
  });
}

/** Without a draft the values are to be read only. */
export function settingColumns(kind: KindDraft | null): readonly SettingColumn[] {
  return [NAME, valueColumn(kind), sourceColumn(kind), DEFAULT, RANGE];
}

const ABOUT: SettingColumn = textColumn("about", "About", (row) => row.about);

/** For the export of everything. */
export const EXPORTED_COLUMNS: readonly SettingColumn[] = [...settingColumns(null), ABOUT];
