"""What all answers below ``/klage`` say to browsers, and their languages."""

NORWEGIAN = {"no": "nb", "nn": "nb"}
LANGUAGES = {"nb": "nb_NO", "sv": "sv_SE", "en": "en_US"}
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; "
    "script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
