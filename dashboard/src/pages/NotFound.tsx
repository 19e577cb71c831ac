/** An address that leads nowhere. */
import { PageHead } from "../components/PageHead";

export default function NotFound() {
  return (
    <PageHead title="There is no such page" answer="The address may be old, or mistyped.">
      <a class="button" href="/">Go to the overview</a>
    </PageHead>
  );
}
