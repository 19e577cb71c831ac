/** PositionDetail: the page's frame. */
import { PageHead } from "../components/PageHead";

export default function PositionDetail() {
  return <PageHead title="PositionDetail" />;
}
