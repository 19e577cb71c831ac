/** Overview: the page's frame. */
import { PageHead } from "../components/PageHead";

export default function Overview() {
  return <PageHead title="Overview" />;
}
