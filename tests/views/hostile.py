"""Texts that become code wherever a page forgets to treat them as text."""

HOSTILE = (
    "<script>window.hurt=1</script>",
    "</script><script>window.hurt=1</script>",
    "<!--<script>window.hurt=1//",
    "<img src=x onerror=window.hurt=1>",
    '"><svg onload=window.hurt=1>',
    "' onmouseover='window.hurt=1",
    '<a href="javascript:window.hurt=1">x</a>',
    "javascript:window.hurt=1",
    "{{ 7 * 7 }}${7*7}#{7*7}",
    "\u2028window.hurt=1\u2029",
    "\u202egnp.exe",
    "&lt;b&gt;&amp;",
    "\x00\x08\x1b[31m",
    "\ud800",
    "__proto__",
    "constructor",
)
