// The official client as a module of the page.
import { copyFileSync } from "node:fs";

copyFileSync("node_modules/socket.io-client/dist/socket.io.esm.min.js", "../wwwroot/socket.io.esm.min.js");
