// Signing in again in another window makes a new token, so it is read anew each time.
export function token() {
    return document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";
}
