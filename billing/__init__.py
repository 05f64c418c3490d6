"""The rules and documents of money: the price book now; allocation, closing and invoices as they come."""
