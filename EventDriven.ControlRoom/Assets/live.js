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

    // An element with an id stays the same wherever it moves to; all others are told by their place.
    const children = (old, fresh) => {
        const known = new Map([...old.children].filter(child => child.id).map(child => [child.id, child]));
        const staying = new Set([...fresh.children].map(child => child.id));
        const passLeft = at => {
            while (at?.id && !staying.has(at.id)) {
                const gone = at;
                at = at.nextSibling;
                gone.remove();
            }

            return at;
        };

        let at = old.firstChild;
        for (const child of [...fresh.childNodes]) {
            at = passLeft(at);
            const same = child.id && known.get(child.id);
            if (same) {
                at = same === at ? at.nextSibling : (old.insertBefore(same, at), at);
                sync(same, child);
            } else if (at && !at.id && !child.id) {
                const next = at.nextSibling;
                sync(at, child);
                at = next;
            } else {
                old.insertBefore(child, at);
            }
        }

        while (at) {
            const gone = at;
            at = at.nextSibling;
            gone.remove();
        }
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
