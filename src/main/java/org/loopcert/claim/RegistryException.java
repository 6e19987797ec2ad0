package org.loopcert.claim;

/** The data of the registry does not hold together. */
public final class RegistryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RegistryException(String place, String expected, String found) {
        super(place + ": expected " + expected + ", found " + found);
    }
}
