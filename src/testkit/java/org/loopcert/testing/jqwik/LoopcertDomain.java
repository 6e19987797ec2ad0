package org.loopcert.testing.jqwik;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import net.jqwik.api.domains.DomainContextBase;
import net.jqwik.api.providers.ArbitraryProvider;

/**
 * The arbitraries of this package as a domain: {@code @Domain(LoopcertDomain.class)} on a property or its class uses these
 * and no others; with {@code @Domain(DomainContext.Global.class)} beside it, those of jqwik as well. A subclass may add
 * its own by {@code @Provide}.
 */
public class LoopcertDomain extends DomainContextBase {
    /** For jqwik. */
    public LoopcertDomain() {}

    @Override
    public Collection<ArbitraryProvider> getArbitraryProviders() {
        List<ArbitraryProvider> providers = new ArrayList<>(super.getArbitraryProviders());
        providers.add(new LoopcertArbitraryProvider());
        return providers;
    }
}
