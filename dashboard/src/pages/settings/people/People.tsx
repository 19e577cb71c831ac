/** Who may sign in, and one's own password. */
import { usePoll } from "../../../api/poll";
import { may, session } from "../../../api/session";
import { useStore } from "../../../app/store";
import { EmptyState } from "../../../components/EmptyState";
import { Loaded } from "../../../components/Loaded";
import { Panel } from "../../../components/Panel";
import { type Column, instantColumn, textColumn } from "../../../table/columns";
import { Table } from "../../../table/Table";
import type { UserShown } from "../types";
import { AddUser } from "./AddUser";
import { OwnPassword } from "./OwnPassword";
import { RoleChoice, UserActions } from "./UserActions";
import { ALL_USERS } from "./users";

const EVERY_MS = 30_000;

const COLUMNS: readonly Column<UserShown>[] = [
  textColumn("name", "Name", (row) => row.name),
  textColumn("role", "Role", (row) => row.role, { cell: (row) => <RoleChoice of={row} /> }),
  instantColumn("login", "Last login", (row) => row.last_login_at),
  instantColumn("created", "Added", (row) => row.created_at, { isMinor: true }),
  instantColumn("changed", "Changed", (row) => row.changed_at, { isMinor: true }),
  textColumn("actions", "Actions", () => null, { cell: (row) => <UserActions of={row} />, csv: () => "" }),
];

export function People() {
  const isAdmin = may(useStore(session), "admin");
  return (
    <>
      {isAdmin && <Users />}
      <div class="columns">
        {isAdmin && <AddUser />}
        <OwnPassword />
      </div>
    </>
  );
}

function Users() {
  const shown = usePoll<{ items: UserShown[] }>(ALL_USERS, EVERY_MS);
  return (
    <Panel title="Users" aside="A user’s sessions end when role or password change">
      <Loaded of={shown} what="users" lines={4}>
        {({ items }) => (
          <Table
            caption="Users"
            columns={COLUMNS}
            rows={items}
            keyOf={(row) => row.name}
            empty={<EmptyState title="No user yet">Add one below.</EmptyState>}
          />
        )}
      </Loaded>
    </Panel>
  );
}
