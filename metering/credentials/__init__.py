"""Who sends, and what that proves: API keys for exporters, leases for resources."""
