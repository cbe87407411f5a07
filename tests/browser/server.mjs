// A static file server on the loopback interface, as strict as the strictest host the portal promises to work on.

import { createServer } from "node:http";
import path from "node:path";
import { fileAt, readBytes } from "./portal.mjs";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".xml": "application/xml",
  ".txt": "text/plain; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".ics": "text/calendar; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".webp": "image/webp",
  ".ico": "image/x-icon",
  ".pdf": "application/pdf",
  ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  ".zip": "application/zip",
};

const STRICT = {
  "Content-Security-Policy": "default-src 'self'",
  // A wrong type then fails instead of being guessed right.
  "X-Content-Type-Options": "nosniff",
  "Cache-Control": "no-store",
};

/** Starts a server on a free port; the caller closes it. `headersOf` gives the headers of a path, `portal` its files. */
/** @param {(pathname: string) => Record<string, string>} headersOf */
export async function serve(headersOf = () => STRICT, portal = { fileAt, readBytes }) {
  const server = createServer((request, response) => {
    const file = found(portal, request.url);
    response.writeHead(file ? 200 : 404, {
      "Content-Type": TYPES[path.extname(file ?? "404.html")] ?? "application/octet-stream",
      ...headersOf(new URL(request.url, "http://127.0.0.1").pathname),
    });
    response.end(request.method === "HEAD" ? undefined : portal.readBytes(file ?? "404.html"));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  return {
    origin: `http://127.0.0.1:${/** @type {import("node:net").AddressInfo} */ (server.address()).port}`,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

function found(portal, url) {
  try {
    return portal.fileAt(new URL(url, "http://127.0.0.1").pathname);
  } catch {
    // Not an address at all, such as a lone percent sign.
    return undefined;
  }
}
