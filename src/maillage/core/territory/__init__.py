"""Territories: travel times, accessibility, zonages, indicators and the diagnosis that brings them together."""
