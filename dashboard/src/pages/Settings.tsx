/** Settings: the page's frame. */
import { PageHead } from "../components/PageHead";

export default function Settings() {
  return <PageHead title="Settings" />;
}
