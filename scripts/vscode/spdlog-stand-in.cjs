// Stands in for the native log library of the VS Code server where it can't be compiled. Output channels are files that this library
// writes, so without it they would stay empty. It is imported as an ES module: only `exports.name = ...` statements give named exports.
const fs = require("node:fs");
const path = require("node:path");

const names = ["trace", "debug", "info", "warning", "error", "critical", "off"];
let level = 2;

class Logger {
  constructor(_type, _name, file) {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    this.file = file;
    this.isPlain = false;
    this.level = level;
  }
  write(severity, message) {
    if (severity < this.level) return;
    const text = this.isPlain ? message : `${new Date().toISOString()} [${names[severity]}] ${message}\n`;
    try {
      fs.appendFileSync(this.file, text);
    } catch {
      // A log that can't be written must not end the program that it is about.
    }
  }
  trace(message) {
    this.write(0, message);
  }
  debug(message) {
    this.write(1, message);
  }
  info(message) {
    this.write(2, message);
  }
  warn(message) {
    this.write(3, message);
  }
  error(message) {
    this.write(4, message);
  }
  critical(message) {
    this.write(5, message);
  }
  getLevel() {
    return this.level;
  }
  setLevel(value) {
    this.level = value;
  }
  setPattern() {}
  clearFormatters() {
    this.isPlain = true;
  }
  flush() {}
  drop() {}
}

const create = async (name, file) => new Logger("rotating", name, file);

exports.version = 0;
exports.setLevel = (value) => {
  level = value;
};
exports.setFlushOn = () => {};
exports.Logger = Logger;
exports.createRotatingLogger = create;
exports.createAsyncRotatingLogger = create;
