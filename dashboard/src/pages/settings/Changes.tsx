/** Who changed what, and when: of all kinds together, or version by version of one. */
import { useList } from "../../api/pages";
import { EmptyState } from "../../components/EmptyState";
import { Loaded } from "../../components/Loaded";
import { Panel } from "../../components/Panel";
import { Instant } from "../../components/Times";
import { sentence } from "../../format/words";
import { useQuery } from "../../routes/location";
import { type Column, instantColumn, numberColumn, textColumn } from "../../table/columns";
import { Table } from "../../table/Table";
import { changeLines } from "./changeLines";
import type { SettingsChange, SettingsShown } from "./types";

const EVERY_MS = 10_000;
const ALL = "all";

function keyOf({ kind, version }: SettingsChange): string {
  return `${kind} ${version}`;
}

function columnsOf(known: readonly SettingsChange[]): readonly Column<SettingsChange>[] {
  return [
    instantColumn("changed", "Changed", (row) => row.changed_at, {
      isNumeric: false,
      cell: (row) => <Instant at={row.changed_at} />,
    }),
    textColumn("by", "By", (row) => row.changed_by),
    textColumn("kind", "Kind", (row) => sentence(row.kind)),
    numberColumn("version", "Version", (row) => row.version, { isMinor: true }),
    textColumn("values", "What changed", (row) => changeLines(row, known).join("; "), {
      cell: (row) => (
        <ul class="change-lines">
          {changeLines(row, known).map((line) => <li key={line}>{line}</li>)}
          {!row.enabled && <li class="warn">switched off</li>}
        </ul>
      ),
    }),
  ];
}

export function Changes({ settings }: { settings: SettingsShown }) {
  const [kind, setKind] = useQuery("kind", ALL);
  const kinds = settings.groups.map((group) => group.kind as string);
  const isKnown = kinds.includes(kind);
  const url = isKnown ? `/api/settings/${kind}/history` : "/api/settings/changes";
  const list = useList<SettingsChange>(url, EVERY_MS, keyOf);
  return (
    <Panel title={isKnown ? `History of ${sentence(kind).toLowerCase()}` : "Newest changes of all kinds"} aside={<KindChoice kind={kind} kinds={kinds} onKind={setKind} />}>
      <Loaded of={list.shown} what="changes" lines={8}>
        {() => (
          <Table
            caption="Changes of settings"
            columns={columnsOf(list.rows ?? [])}
            keyOf={keyOf}
            isTall
            empty={
              <EmptyState title="Nothing was changed yet">
                Environment and defaults hold; an admin changes them under <a href="/settings">In force</a>.
              </EmptyState>
            }
            {...list}
            onMore={list.loadMore}
          />
        )}
      </Loaded>
    </Panel>
  );
}

interface KindChoiceProps {
  kind: string;
  kinds: readonly string[];
  onKind: (kind: string) => void;
}

function KindChoice({ kind, kinds, onKind }: KindChoiceProps) {
  return (
    <select class="input" aria-label="Kind of settings" value={kind} onChange={(event) => onKind(event.currentTarget.value)}>
      <option value={ALL}>All kinds</option>
      {kinds.map((one) => (
        <option key={one} value={one}>{sentence(one)}</option>
      ))}
    </select>
  );
}
