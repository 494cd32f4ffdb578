/// The one script of the owner's pages. Everything works without it.
///
/// It counts characters, takes pictures that are pasted or dropped, asks now and then whether there is something new,
/// listens to single keys, tells times as a reader would, and asks before a draft is left.
enum Script {
    static let text = #"""
        "use strict";
        (() => {
          const all = (query, root = document) => [...root.querySelectorAll(query)];
          const one = (query, root = document) => root.querySelector(query);

          // Times: how long ago, and the exact moment in the reader's own zone.
          const ago = date => {
            const minutes = Math.round((Date.now() - date) / 60000);
            if (minutes < 0 || minutes >= 10080) return date.toLocaleDateString();
            if (minutes < 1) return "now";
            if (minutes < 60) return minutes + " min";
            return minutes < 1440 ? Math.floor(minutes / 60) + " h" : Math.floor(minutes / 1440) + " d";
          };
          const tell = () => {
            for (const time of all("main time")) {
              time.dateTime ||= time.textContent.replace(" ", "T");
              const date = new Date(time.dateTime);
              if (isNaN(date)) continue;
              time.title = date.toLocaleString();
              time.textContent = date > Date.now() ? date.toLocaleString() : ago(date);
            }
          };
          tell();
          setInterval(() => { if (!document.hidden) tell(); }, 60000);

          // Something new: asked for every half minute while somebody looks.
          const news = one("[data-news]");
          const ask = async () => {
            if (document.hidden) return;
            try {
              const answer = await fetch(news.dataset.news, { redirect: "error" });
              const text = answer.ok ? await answer.text() : "";
              const link = one("a", news);
              if (text) { link.textContent = text; link.hidden = false; }
            } catch { /* The server is away; the next time may do. */ }
          };
          // Posts are put above the others where none is missing between; else the page is opened anew.
          const bring = async event => {
            event.preventDefault();
            const link = event.target;
            try {
              const page = new DOMParser().parseFromString(await (await fetch(link.href)).text(), "text/html");
              const posts = all("main > article", page), shown = one("main > article");
              const fresh = posts.filter(post => !document.getElementById(post.id));
              if (!shown || fresh.length === posts.length) throw 0;
              shown.before(...fresh);
              news.dataset.news = one("[data-news]", page).dataset.news;
              link.hidden = true;
              tell();
            } catch { location.href = link.href; }
          };
          if (news) {
            setInterval(ask, 30000);
            addEventListener("visibilitychange", ask);
            one("a", news).addEventListener("click", bring);
          }

          // A day and a time are the reader's own.
          all("[data-zone]").forEach(label => { label.textContent = "(your time)"; });
          const two = number => String(number).padStart(2, "0");
          all("input[type=date]").forEach(day => {
            const form = day.form, time = form.elements.time;
            if (!time) return;
            if (day.dataset.utc !== undefined && day.value && time.value) {
              const date = new Date(day.value + "T" + time.value + "Z");
              day.value = date.getFullYear() + "-" + two(date.getMonth() + 1) + "-" + two(date.getDate());
              time.value = two(date.getHours()) + ":" + two(date.getMinutes());
            }
            const zone = document.createElement("input");
            zone.type = "hidden";
            zone.name = "zone";
            form.append(zone);
            form.addEventListener("submit", () => {
              const date = new Date(day.value + "T" + time.value);
              zone.value = isNaN(date) ? "0" : date.getTimezoneOffset();
            });
          });

          // Writing. What was typed is kept in the tab, by what it is about, until the page that follows on publishing
          // names its draft: so it also outlives the session.
          const draft = one("form[data-draft]");
          const kept = {
            get: slot => { try { return JSON.parse(sessionStorage[slot]); } catch { return null; } },
            set: (slot, value) => { try { sessionStorage[slot] = JSON.stringify(value); } catch { /* no room */ } },
          };
          const written = new URLSearchParams(location.search).get("written");
          try {
            Object.keys(sessionStorage).forEach(slot => {
              if (written && (kept.get(slot) || {}).key === written) sessionStorage.removeItem(slot);
            });
          } catch { /* It may be forbidden. */ }
          if (draft) {
            const { text, warning, visibility, files } = draft.elements;
            const note = one("#count"), most = Number(draft.dataset.most);
            const link = "x".repeat(Number(draft.dataset.link));
            const segments = window.Intl && Intl.Segmenter ? new Intl.Segmenter() : null;
            const length = text => segments ? [...segments.segment(text)].length : [...text].length;
            const counted = text => text.replace(/https?:\/\/[^\s<>"]+/g, link)
              .replace(/(^|[^\/\w])@([a-z0-9_.-]+)@[a-z0-9.-]+[a-z0-9]+/gi, "$1@$2");
            const count = () => {
              const sum = length(counted(text.value.trimEnd())) + length(warning.value.trim());
              note.textContent = sum + " of " + most + " characters";
              note.classList.toggle("problem", sum > most);
            };
            const key = draft.elements.draft.value;
            const about = ["reply", "quote", "scheduled", "edit", "version"]
              .map(name => draft.elements[name] ? name + draft.elements[name].value : "").join("");
            const slot = "draft " + about, old = kept.get(slot);
            const keep = () => kept.set(
              slot, { key, text: text.value, warning: warning.value, visibility: visibility.value });
            if (old && old.key !== key && (about || !text.value.trim()) && !one("[role=alert]")) {
              text.value = old.text;
              warning.value = old.warning;
              visibility.value = old.visibility;
            }
            count();
            let isTyped = old !== null && text.value === old.text && text.value.trim() !== "";
            draft.addEventListener("input", () => { isTyped = true; count(); keep(); });
            draft.addEventListener("submit", () => { isTyped = false; keep(); });
            addEventListener("beforeunload", event => { if (isTyped) event.preventDefault(); });
            text.addEventListener("keydown", event => {
              if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
                draft.requestSubmit(one("button[value=publish]", draft));
              }
            });

            const take = (event, source) => {
              if (!files || !source || !source.files.length) return;
              event.preventDefault();
              const chosen = new DataTransfer();
              [...files.files, ...source.files].forEach(file => chosen.items.add(file));
              files.files = chosen.files;
              isTyped = true;
              files.focus();
            };
            text.addEventListener("paste", event => take(event, event.clipboardData));
            text.addEventListener("drop", event => take(event, event.dataTransfer));
            text.addEventListener("dragover", event => {
              if ([...event.dataTransfer.types].includes("Files")) event.preventDefault();
            });
          }

          // Single keys, while nothing is typed.
          const keys = [
            ["j / k", "next or previous post"], ["o", "open the post"], ["r", "reply"], ["f", "favourite"],
            ["b", "boost"], ["n", "write"], ["g h", "home"], ["g n", "notifications"], ["?", "these keys"],
          ];
          let current = null, isGoing = false;
          const step = by => {
            const posts = all("main article.post");
            if (!posts.length) return;
            const from = posts.indexOf(current);
            current = posts[Math.min(posts.length - 1, Math.max(0, from + by))];
            current.tabIndex = -1;
            current.focus({ preventScroll: true });
            current.scrollIntoView({ block: "nearest" });
          };
          const press = query => {
            const target = current && one(query, current);
            if (target) target.click();
          };
          const help = () => {
            let box = one("#keys");
            if (!box) {
              box = document.createElement("dialog");
              box.id = "keys";
              const list = document.createElement("dl");
              for (const [key, what] of keys) {
                const term = document.createElement("dt"), words = document.createElement("dd");
                term.textContent = key;
                words.textContent = what;
                list.append(term, words);
              }
              const close = document.createElement("button");
              close.textContent = "Close";
              close.onclick = () => box.close();
              box.append(list, close);
              document.body.append(box);
            }
            if (!box.open) box.showModal();
          };
          addEventListener("keydown", event => {
            if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
            if (event.target.closest("input, textarea, select, dialog, [contenteditable]")) return;
            const goes = isGoing;
            isGoing = event.key === "g";
            if (goes && event.key === "h") location.href = "/home";
            else if (goes && event.key === "n") location.href = "/home/notifications";
            else if (event.key === "j") step(1);
            else if (event.key === "k") step(-1);
            else if (event.key === "o") press("a.time");
            else if (event.key === "r") press("a[href*='write?reply=']");
            else if (event.key === "f") press("button[formaction$='favourite']");
            else if (event.key === "b") press("button[formaction$='reblog']");
            else if (event.key === "n") location.href = "/home/write";
            else if (event.key === "?") help();
          });
        })();

        """#
}
