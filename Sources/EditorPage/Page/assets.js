/** Where CodeMirror's files are: { path: { url, integrity? } }, as the server has written it into the page. */
const files = JSON.parse(document.getElementById("codemirror-files").textContent);
const loaded = new Map();

/** Loads scripts of CodeMirror, one after the other, each once. */
export async function load(paths) {
  for (const path of paths) {
    if (!loaded.has(path)) loaded.set(path, loadScript(files[path]));
    try {
      await loaded.get(path);
    } catch (error) {
      loaded.delete(path); // The next one who needs it tries again.
      throw error;
    }
  }
}

function loadScript({ url, integrity }) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = url;
    if (integrity) Object.assign(script, { integrity, crossOrigin: "anonymous" });
    script.onload = resolve;
    script.onerror = () => reject(new Error(`${url} cannot be loaded`));
    document.head.append(script);
  });
}
