"""Invented Japanese customers and what four systems hold of them: seeded, with hard cases.

People live in households, share telephones and mails, move, marry, change their numbers and type
as people type. Nothing here knows the rules of matching; rates are set by what exports show.
"""
