/** The formal part in Coq: its page, its audit, and files exported for it. */
package org.loopcert.formal;
