// Keeps the parts of the page that change ([data-live]) as the server renders them, by server-sent events. Everything else works without it.
"use strict";

(() => {
    const stream = document.body.dataset.stream;
    const state = document.getElementById("live-state");
    if (!stream || !window.EventSource) {
        return;
    }

    const silence = 10_000;
    let source = null;
    let timer = 0;

    const show = on => {
        if (state && state.dataset.state !== (on ? "on" : "off")) {
            state.dataset.state = on ? "on" : "off";
            state.querySelector(".text").textContent = on ? state.dataset.on : state.dataset.off;
        }
    };

    // Changes what differs and leaves the rest, so that focus, selection, scrolling and animations go on.
    const sync = (old, fresh) => {
        if (old.nodeType !== fresh.nodeType || old.nodeName !== fresh.nodeName || old.id !== fresh.id) {
            old.replaceWith(fresh);
            return;
        }

        if (old.nodeType !== Node.ELEMENT_NODE) {
            if (old.nodeValue !== fresh.nodeValue) {
                old.nodeValue = fresh.nodeValue;
            }

            return;
        }

        for (const { name } of [...old.attributes]) {
            if (!fresh.hasAttribute(name) && name !== "open") {
                old.removeAttribute(name);
            }
        }

        for (const { name, value } of fresh.attributes) {
            if (old.getAttribute(name) !== value) {
                old.setAttribute(name, value);
            }
        }

        children(old, fresh);
    };

    const children = (old, fresh) => {
        const [before, after] = [[...old.childNodes], [...fresh.childNodes]];
        after.forEach((child, i) => before[i] ? sync(before[i], child) : old.append(child));
        before.slice(after.length).forEach(child => child.remove());
    };

    const watch = () => {
        clearTimeout(timer);
        timer = setTimeout(open, silence);
    };

    const open = () => {
        source?.close();
        show(false);
        source = new EventSource(stream);
        document.querySelectorAll("[data-live]").forEach(part => source.addEventListener(part.dataset.live, event => {
            const fresh = document.createElement("template");
            fresh.innerHTML = event.data;
            children(part, fresh.content);
            show(true);
            watch();
        }));

        // The browser comes back by itself, unless the answer was no stream: then it is asked for later.
        source.onerror = () => {
            show(false);
            watch();
        };
        watch();
    };

    open();
})();
