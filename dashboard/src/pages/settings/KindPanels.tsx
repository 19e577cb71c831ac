/** The sections of a kind of settings, with one draft for all of them. */
import { may, session } from "../../api/session";
import { useStore } from "../../app/store";
import { Panel } from "../../components/Panel";
import { Age } from "../../components/Times";
import { filtered } from "../../format/sort";
import { counted } from "../../format/words";
import { Table } from "../../table/Table";
import { changesIn } from "./drafts";
import { type Section, sectionsOf } from "./sections";
import { settingColumns } from "./settingColumns";
import { settingWords } from "./settingWords";
import type { SettingsGroup } from "./types";
import { type KindDraft, useKindDraft } from "./useKindDraft";

interface KindPanelsProps {
  group: SettingsGroup;
  filter: string;
  note?: string | undefined;
}

export function KindPanels({ group, filter, note }: KindPanelsProps) {
  const kind = useKindDraft(group);
  return (
    <>
      {sectionsOf(group).map((section) => (
        <SectionPanel key={section.title} section={section} group={group} kind={kind} filter={filter} note={note} />
      ))}
    </>
  );
}

interface SectionPanelProps extends KindPanelsProps {
  section: Section;
  kind: KindDraft;
}

function SectionPanel({ section, group, kind, filter, note }: SectionPanelProps) {
  const isAdmin = may(useStore(session), "admin");
  const rows = filtered(section.settings, (it) => `${settingWords(it.name)} ${it.name} ${it.about ?? ""}`, filter);
  if (rows.length === 0) return null;
  const submit = (event: Event) => {
    event.preventDefault();
    void kind.save(section);
  };
  return (
    <Panel title={section.title} aside={<Version of={group} />} class="settings-section">
      {note && <p class="muted small">{note}</p>}
      <form onSubmit={submit} noValidate>
        <Table
          caption={section.title}
          columns={settingColumns(isAdmin ? kind : null)}
          rows={rows}
          keyOf={(row) => row.name}
          rowClass={(row) => (row.name in kind.draft ? "row-firing" : undefined)}
          empty=""
          isPlain
        />
        {isAdmin && <Foot section={section} kind={kind} />}
      </form>
    </Panel>
  );
}

function Version({ of }: { of: SettingsGroup }) {
  return (
    <>
      {of.version === 0 ? "Never changed here" : <>Version {of.version} by {of.changed_by}, <Age at={of.changed_at} suffix=" ago" /></>}
      {" · "}
      <a href={`/settings?show=changes&kind=${of.kind}`} aria-label={`History of ${settingWords(of.kind)}`}>History</a>
    </>
  );
}

function Foot({ section, kind }: { section: Section; kind: KindDraft }) {
  const { values, problems } = changesIn(section.settings, kind.draft);
  const count = Object.keys(values).length;
  const hasDraft = section.settings.some(({ name }) => name in kind.draft);
  const elsewhere = kind.problems.filter(({ field }) => !section.settings.some(({ name }) => field.startsWith(name)));
  return (
    <div class="settings-foot">
      <button type="submit" class="button button-primary" disabled={kind.isBusy || count + problems.length === 0}>
        {kind.isBusy ? "Saving…" : `Save ${section.title.toLowerCase()}`}
      </button>
      {hasDraft && (
        <button type="button" class="button" disabled={kind.isBusy} onClick={() => kind.drop(section)}>
          Discard
        </button>
      )}
      {hasDraft && <span class="muted small">{count === 0 ? "Nothing differs" : `${counted(count, "value")} changed`}</span>}
      {hasDraft && kind.isOutrun && <Outrun kind={kind} />}
      {hasDraft && elsewhere.map(({ field, message }) => (
        <span key={field} class="field-problem" role="alert">{settingWords(field)}: {message}</span>
      ))}
    </div>
  );
}

function Outrun({ kind }: { kind: KindDraft }) {
  return (
    <span class="warn" role="alert">
      Not saved: somebody else changed these settings meanwhile. What you typed is kept.{" "}
      <button type="button" class="button button-small" onClick={() => void kind.lookAgain()}>
        Load what is in force
      </button>
    </span>
  );
}
