/** The bottom of every page: what this is, and whose charts it shows. */

export function Footer() {
  return (
    <footer class="footer">
      <span>Trades on paper only. No order leaves this installation.</span>
      <span>
        Charts:{" "}
        <a href="https://www.tradingview.com/" target="_blank" rel="noreferrer">
          TradingView Lightweight Charts
        </a>
      </span>
      <span>Times are New York’s; UTC on hover.</span>
    </footer>
  );
}
