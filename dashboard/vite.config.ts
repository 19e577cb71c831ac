/** How the site is built: hashed files, nothing inlined, so that the strictest policy can hold. */
import { defineConfig } from "vitest/config";
import type { Plugin } from "vite";

const STYLE_ELEMENT = 'document.createElement("style")';

/**
 * The chart library puts a style element of its own into the page, for its logo. The policy
 * `style-src 'self'` refuses that, so the element becomes an inert one, and the logo's style
 * stands in `src/chart/chart.css`. A version of the library that does otherwise fails the build.
 */
function withoutStyleElement(): Plugin {
  return {
    name: "parallax:without-style-element",
    apply: "build",
    transform(code, id) {
      if (!id.includes("lightweight-charts.production")) return null;
      if (code.split(STYLE_ELEMENT).length !== 2) {
        this.error("lightweight-charts no longer makes exactly one style element");
      }
      return { code: code.replace(STYLE_ELEMENT, 'document.createElement("template")'), map: null };
    },
  };
}

export default defineConfig({
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  plugins: [withoutStyleElement()],
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
  },
  server: {
    host: "127.0.0.1",
    proxy: {
      "/api": process.env["PARALLAX_URL"] ?? "http://127.0.0.1:3000",
      "/health": process.env["PARALLAX_URL"] ?? "http://127.0.0.1:3000",
    },
  },
  test: { include: ["tests/**/*.test.ts"], environment: "node" },
});
