package io.jenkins.plugins.mdoq.controller;

import io.jenkins.plugins.mdoq.lock.LockKey;
import jenkins.security.HMACConfidentialKey;

/** The key of this controller for the values of locks. Jenkins keeps it among its secrets; it never leaves the controller. */
final class ControllerLockKey implements LockKey {

    private static final HMACConfidentialKey KEY = new HMACConfidentialKey(ControllerLockKey.class, "locks");

    @Override
    public byte[] mac(byte[] message) {
        return KEY.mac(message);
    }
}
