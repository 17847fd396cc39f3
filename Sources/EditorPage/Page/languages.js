/** The languages that the page knows: the names are those of the rules, a mode's files in the order of need. */
export const languages = [
  language("python", "Python", "py", "text/x-python", "mode/python/python.js"),
  language("javascript", "JavaScript", "js", "text/javascript", "mode/javascript/javascript.js"),
  language("typescript", "TypeScript", "ts", "text/typescript", "mode/javascript/javascript.js"),
  language("swift", "Swift", "swift", "text/x-swift", "mode/swift/swift.js"),
  language("go", "Go", "go", "text/x-go", "mode/go/go.js"),
  language("rust", "Rust", "rs", "text/x-rustsrc", "addon/mode/simple.js", "mode/rust/rust.js"),
  language("java", "Java", "java", "text/x-java", "mode/clike/clike.js"),
  language("kotlin", "Kotlin", "kt", "text/x-kotlin", "mode/clike/clike.js"),
  language("c", "C", "c", "text/x-csrc", "mode/clike/clike.js"),
  language("cpp", "C++", "cpp", "text/x-c++src", "mode/clike/clike.js"),
  language("csharp", "C#", "cs", "text/x-csharp", "mode/clike/clike.js"),
  language("ruby", "Ruby", "rb", "text/x-ruby", "mode/ruby/ruby.js"),
  language(
    "php", "PHP", "php", "application/x-httpd-php", "mode/xml/xml.js", "mode/javascript/javascript.js",
    "mode/css/css.js", "mode/htmlmixed/htmlmixed.js", "mode/clike/clike.js", "mode/php/php.js"),
  language("sql", "SQL", "sql", "text/x-sql", "mode/sql/sql.js"),
  language(
    "html", "HTML", "html", "text/html", "mode/xml/xml.js", "mode/javascript/javascript.js", "mode/css/css.js",
    "mode/htmlmixed/htmlmixed.js"),
  language("css", "CSS", "css", "text/css", "mode/css/css.js"),
  language("shell", "Shell", "sh", "text/x-sh", "mode/shell/shell.js"),
  language("text", "Plain text", "txt", "text/plain"),
];

/** The language of this name; plain text under any other name. */
export function languageOf(name) {
  const known = languages.find((language) => language.name === name);
  return known ?? { ...languages.at(-1), name, label: name || "Plain text" };
}

/** The language that a file's name tells; nothing when it tells none. */
export function languageOfFile(name) {
  const extension = name.split(".").at(-1).toLowerCase();
  return languages.find((language) => language.extension === (OTHER_EXTENSIONS[extension] ?? extension));
}

/** Fills a menu with the languages, and chooses one. */
export function fillMenu(menu, chosen) {
  const known = languages.some(({ name }) => name === chosen) ? languages : [languageOf(chosen), ...languages];
  menu.replaceChildren(...known.map(({ name, label }) => new Option(label, name, false, name === chosen)));
}

const OTHER_EXTENSIONS = {
  jsx: "js", mjs: "js", cjs: "js", tsx: "ts", h: "c", cc: "cpp", cxx: "cpp", hpp: "cpp", htm: "html", bash: "sh",
  kts: "kt", pyi: "py", md: "txt",
};

function language(name, label, extension, mode, ...files) {
  return { name, label, extension, mode, files };
}
