/** SignalTrace: the page's frame. */
import { PageHead } from "../components/PageHead";

export default function SignalTrace() {
  return <PageHead title="SignalTrace" />;
}
